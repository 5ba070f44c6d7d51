using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Pickled;
using GnnReRank.Formats.Torch;

namespace GnnReRank.Formats.Npy;

/// <summary>One numpy array in a file or in an archive: its header, held against the bytes there are.</summary>
internal sealed class NpyArray
{
    private const long LongestSmallPickle = 1 << 20;
    private const string NumbersWanted = "real numbers (float16 to float64, integers, truth values)";

    private readonly string _path;
    private readonly string _format;
    private readonly string _name;
    private readonly NpyHeader _header;
    private readonly long _byteCount;
    private readonly Func<Stream> _open;

    /// <param name="path">The file's path.</param>
    /// <param name="format">The file's format, for messages.</param>
    /// <param name="name">The array's name in the file, or nothing.</param>
    /// <param name="length">The bytes of the array, header included, as the file system or the archive has them.</param>
    /// <param name="open">Opens a stream at the header.</param>
    public NpyArray(string path, string format, string name, long length, Func<Stream> open)
    {
        _path = path;
        _format = format;
        _name = name;
        _open = open;
        using Stream stream = open();
        _header = NpyHeader.Read(stream);
        _byteCount = length - _header.Length;
    }

    /// <summary>Gives the byte of the file where the elements lie, from the length of the header; null where they are compressed.</summary>
    public Func<int, long?> Locate { get; init; } = static _ => null;

    /// <summary>Whether a stream that is read to its end verifies a checksum.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Stops the reading of objects, and says whether some may be missing.</summary>
    public FeatureReadOptions Options { get; init; } = new();

    /// <summary>Whether the elements are Python objects, which numpy pickles.</summary>
    public bool HoldsObjects => _header.Descriptor is [_, 'O', ..];

    private string Text => _name.Length == 0 ? "the array" : $"array '{_name}'";

    /// <exception cref="GnnReRankException">The elements are no real numbers, or their bytes are missing.</exception>
    public NumericArray Numbers()
    {
        if (HoldsObjects)
        {
            return Pickled().Numbers(_name);
        }

        ArrayElementType type = (_header.Descriptor is null ? null : NpyDescriptor.Numeric(_header.Descriptor))
            ?? throw NpyDescriptor.Refused(_path, Text, _header.Descriptor, NumbersWanted);
        CheckSize(type.Size);
        return new NumericArray
        {
            Path = _path,
            Format = _format,
            Name = _name,
            Shape = _header.Shape,
            Type = type,
            IsColumnMajor = _header.IsColumnMajor,
            Comment = _header.Comment,
            Open = OpenData,
            IsChecked = IsChecked,
            Locate = () => Locate(_header.Length),
        };
    }

    /// <exception cref="GnnReRankException">The elements are no strings, or their bytes are missing.</exception>
    public TextArray Strings()
    {
        if (HoldsObjects)
        {
            return Pickled().Text(_name);
        }

        bool isUnicode = false;
        int size = (_header.Descriptor is null ? null : NpyDescriptor.TextSize(_header.Descriptor, out isUnicode))
            ?? throw NpyDescriptor.Refused(_path, Text, _header.Descriptor, "strings (numpy type U or S)");
        CheckSize(size);
        NpyText text = new(size, isUnicode, _header.Descriptor![0] == '>');
        return new TextArray
        {
            Shape = _header.Shape,
            Read = cancellation =>
            {
                using Stream stream = OpenData();
                return text.Read(stream, (int)ArrayShape.ElementCount(_header.Shape), cancellation);
            },
        };
    }

    /// <summary>The array of objects, whose pickle is read as any other: nothing of it is executed.</summary>
    /// <exception cref="GnnReRankException">The pickle is damaged, asks for more than data, or holds another array than the header says.</exception>
    public PickledData Objects()
    {
        // Numpy compresses a whole archive or nothing of it: a pickle that is far longer than its file is made to fill memory.
        long fileLength = InputFile.LengthOf(_path);
        if (_byteCount > Math.Max(fileLength, LongestSmallPickle))
        {
            throw FormatErrors.Unsupported(_path, $"{Text} is a pickle of {_byteCount:N0} bytes, and the file has {fileLength:N0}. Save it with numpy.savez, which does not compress.");
        }

        using Stream stream = OpenData();
        object? root = PickleFile.Load(stream, _byteCount, _path, TorchLegacy.LoadStorage, Options.Compute.CancellationToken);
        return root is PickledArray { Objects: not null } array && array.Shape.SequenceEqual(_header.Shape)
            ? new PickledData(_path, array, _byteCount, Owner: null) { TakesMissing = Options.SkipInvalid, Cancellation = Options.Compute.CancellationToken }
            : throw FormatErrors.Corrupt(_path, _format, $"{Text} {ArrayShape.Text(_header.Shape)} of objects holds {PickledKind.Of(root)}.");
    }

    private PickledArrays Pickled() => PickledArrays.Single(Objects(), _format, _name);

    private Stream OpenData()
    {
        Stream stream = _open();
        Span<byte> header = new byte[_header.Length];
        stream.ReadExactly(header);
        return stream;
    }

    private void CheckSize(int elementSize)
    {
        if (ArrayShape.Fills(_header.Shape, elementSize, _byteCount))
        {
            return;
        }

        Int128 claimed = (Int128)ArrayShape.ElementCount(_header.Shape) * elementSize;
        throw FormatErrors.Corrupt(
            _path, _format,
            $"{Text} {ArrayShape.Text(_header.Shape)} of type '{_header.Descriptor}' takes {claimed:N0} bytes, and there are {_byteCount:N0}. " +
            (claimed > _byteCount ? "It is cut short." : "Something follows it: save one array a file."));
    }
}
