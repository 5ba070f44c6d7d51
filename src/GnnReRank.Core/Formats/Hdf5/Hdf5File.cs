using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Hdf5;

/// <summary>An HDF5 file, or a file of MATLAB 7.3, which is one: its datasets are arrays under their paths.</summary>
internal sealed class Hdf5File : IArrayFile
{
    private readonly string _format;
    private readonly Hdf5Source _source;
    private readonly Dictionary<string, Hdf5Header> _headers;
    private readonly long? _root;

    /// <param name="path">The file's path.</param>
    /// <param name="format">The format's name for messages.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="GnnReRankException">The file is kept in a way that is not read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public Hdf5File(string path, string format, CancellationToken cancellation)
    {
        Path = path;
        _format = format;
        _source = new Hdf5Source(path, cancellation);
        try
        {
            _root = Hdf5Superblock.Read(_source);
            _headers = Hdf5Folder.Find(_source, _root);
        }
        catch (Hdf5UnreadException exception)
        {
            _source.Dispose();
            throw FormatErrors.Unsupported(path, $"the file cannot be read: {exception.Message}.");
        }
        catch
        {
            _source.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public IReadOnlyList<string> Names => [.. _headers.Keys];

    /// <summary>The text that the file as a whole has as an attribute; null where it has none of that name.</summary>
    /// <exception cref="InvalidDataException">The attribute is damaged.</exception>
    public string? Attribute(string name) => Guarded(name, () => new Hdf5Texts(_source).Attribute(Hdf5Header.Read(_source, _root), name));

    /// <summary>The type and the number of elements of a dataset that is one vector of numbers: d, 1 x d or d x 1; null for any other.</summary>
    /// <exception cref="InvalidDataException">The dataset is damaged.</exception>
    public (ArrayElementType Type, long Length)? Vector(string name)
    {
        _source.CheckCancelled();
        if (!_headers[name].Has(Hdf5MessageType.Layout))
        {
            return null;
        }

        try
        {
            Hdf5Dataset dataset = new(_source, _headers[name]);
            return dataset.Type.Number is ArrayElementType type && dataset.Extents.Length > 0 && ArrayShape.ListLength(dataset.Extents) is > 0 and long length
                ? (type, length)
                : null;
        }
        catch (Hdf5UnreadException)
        {
            return null;
        }
    }

    public NumericArray Numbers(string name)
    {
        Hdf5Dataset dataset = Dataset(name);
        bool isMatlab = dataset.MatlabClass is not null;
        if (dataset.Type.Number is not ArrayElementType type || dataset.MatlabClass is "char" or "cell")
        {
            throw Unsupported(name, $"it holds {Kind(dataset)}, and real numbers are needed (float16 to float64, integers, truth values)");
        }

        Func<Stream> open = Checked(name, dataset);
        return new NumericArray
        {
            Path = Path,
            Format = _format,
            Name = name,
            Shape = isMatlab ? [.. dataset.Extents.Reverse()] : dataset.Extents,
            Type = type,
            IsColumnMajor = isMatlab,
            Open = open,
            Locate = () => dataset.Place,
        };
    }

    public TextArray Text(string name)
    {
        Hdf5Dataset dataset = Dataset(name);
        IReadOnlyList<long> shape = Hdf5Texts.Shape(dataset) ?? throw Unsupported(
            name, $"it holds {Kind(dataset)}, and text is needed. Save names with h5py's string_dtype, or in MATLAB as a cell array of character vectors (cellstr)");
        Func<Stream> open = Checked(name, dataset);
        return new TextArray
        {
            Shape = shape,
            Read = _ => Guarded(name, () => new Hdf5Texts(_source).Read(dataset, open)),
        };
    }

    public void Dispose() => _source.Dispose();

    private Hdf5Dataset Dataset(string name) => _headers[name].Has(Hdf5MessageType.Layout)
        ? Guarded(name, () => new Hdf5Dataset(_source, _headers[name]))
        : throw Unsupported(name, "it is a sparse matrix. Save full(x)");

    private Func<Stream> Checked(string name, Hdf5Dataset dataset)
    {
        try
        {
            return Guarded(name, dataset.Prepare);
        }
        catch (InvalidDataException exception)
        {
            throw FormatErrors.Corrupt(Path, _format, $"dataset '{name}' {ArrayShape.Text(dataset.Extents)}: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    private T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Hdf5UnreadException exception)
        {
            throw Unsupported(name, exception.Message);
        }
    }

    private GnnReRankException Unsupported(string name, string why) => FormatErrors.Unsupported(Path, $"dataset '{name}' cannot be used: {why}.");

    private static string Kind(Hdf5Dataset dataset) => dataset.MatlabClass is string name
        ? $"an array of MATLAB's class {name}"
        : dataset.Type.IsText ? "text" : $"elements of class {dataset.Type.Class} with {dataset.Type.Size:N0} bytes";
}
