using System.Globalization;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Hdf5;
using GnnReRank.Formats.Mat;
using GnnReRank.Formats.Npy;
using GnnReRank.Formats.Npz;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Pickled;
using GnnReRank.Formats.Safetensors;

namespace GnnReRank.Formats.RowFiles;

/// <summary>A file that holds one value for each row of a matrix: labels, cameras or names, apart from the features.</summary>
internal sealed class RowFile : IDisposable
{
    private readonly IDisposable? _owner;

    private RowFile(ArrayColumn column, IDisposable? owner)
    {
        Column = column;
        _owner = owner;
    }

    /// <summary>The values.</summary>
    public ArrayColumn Column { get; }

    /// <summary>Opens a file; its ending says the format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="usual">The usual names of what it holds, where the file has several arrays.</param>
    /// <param name="areTexts">Whether texts are wanted, and not numbers or texts that stand for them.</param>
    /// <param name="options">Cancellation.</param>
    /// <exception cref="GnnReRankException">The file is missing, damaged, of a format that is not read, or holds no single list.</exception>
    public static RowFile Open(string path, IReadOnlyList<string> usual, bool areTexts, FeatureReadOptions options)
    {
        InputFile.Require(path, "the path of a file with one value a row");
        CancellationToken cancellation = options.Compute.CancellationToken;
        string ending = Path.GetExtension(path).ToLowerInvariant();
        switch (ending)
        {
            case ".npy":
                NpyArray array = NpyFile.Open(path, options);
                return new RowFile(areTexts ? new ArrayColumn(path, Choice(string.Empty), Numbers: null, array.Strings()) : ArrayColumn.OfNumbers(path, Choice(string.Empty), array.Numbers, array.Strings), owner: null);
            case ".npz":
                return Of(new NpzFile(path, options), usual, areTexts);
            case ".mat":
                return Of(MatReader.Open(path, cancellation), usual, areTexts);
            case ".h5" or ".hdf5":
                return Of(new Hdf5File(path, nameof(FeatureFormat.Hdf5), cancellation), usual, areTexts);
            case ".safetensors":
                return Of(new SafetensorsFile(path, cancellation), usual, areTexts);
            case ".pkl" or ".pickle" or ".pt" or ".pth" or ".bin":
                return Pickled(path, usual, areTexts, options);
            case ".json":
                return Of(path, RowFileTexts.Json(path));
            case ".txt":
                return Of(path, RowFileTexts.Lines(path, usual, areTexts, cancellation));
            case ".csv" or ".tsv" or ".gz":
                return Of(path, RowFileTexts.Column(path, usual, areTexts, cancellation));
            default:
                throw new GnnReRankException(
                    "UnknownFormat", ErrorKind.NotSupported,
                    $"'{path}': the ending '{ending}' names no format of values that are read one a row. Known are .npy, .npz, .mat, .h5, .hdf5, .safetensors, .pkl, .pickle, .pt, .pth, .bin, .json, .txt, .csv and .tsv.");
        }
    }

    public void Dispose() => _owner?.Dispose();

    private static RowFile Of(string path, string[] texts) =>
        new(new ArrayColumn(path, Choice(string.Empty), Numbers: null, new TextArray { Shape = [texts.Length], Read = _ => texts }), owner: null);

    private static RowFile Of(IArrayFile file, IReadOnlyList<string> usual, bool areTexts)
    {
        try
        {
            IReadOnlyList<string> names = file.Names;
            string name = names.Count == 1
                ? names[0]
                : usual.SelectMany(wanted => names.Where(present => present.Equals(wanted, StringComparison.OrdinalIgnoreCase))).FirstOrDefault()
                    ?? throw FormatErrors.ColumnNotFound(file.Path, $"array under a usual name ({string.Join(", ", usual)}), and not a single one", names);
            return new RowFile(areTexts ? ArrayColumn.OfTexts(file, Choice(name)) : ArrayColumn.OfNumbers(file, Choice(name)), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static RowFile Pickled(string path, IReadOnlyList<string> usual, bool areTexts, FeatureReadOptions options)
    {
        using (PickledData data = PickleContent.Open(path, options.Compute.CancellationToken))
        {
            if (PickledArray.Unwrapped(data.Root) is IReadOnlyList<object?> list && list.Count > 0 && list.All(item => item is string or bool or long or double))
            {
                return Of(path, [.. list.Select(item => item is bool truth ? (truth ? "1" : "0") : Convert.ToString(item, CultureInfo.InvariantCulture)!)]);
            }
        }

        return Of(PickledArrays.Open(path, nameof(FeatureFormat.Pickle), options), usual, areTexts);
    }

    private static ArrayChoice Choice(string name) => new(name, IsOptional: false, TakesTexts: true);
}
