using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Npy;

/// <summary>One numpy array in a file or in an archive: its header, held against the bytes there are.</summary>
internal sealed class NpyArray
{
    private const string NumbersWanted = "real numbers (float16 to float64, integers, truth values)";

    private readonly string _path;
    private readonly string _format;
    private readonly string _name;
    private readonly NpyHeader _header;
    private readonly long _byteCount;
    private readonly Func<Stream> _open;
    private readonly Func<int, long?> _locate;
    private readonly bool _isChecked;

    /// <param name="path">The file's path.</param>
    /// <param name="format">The file's format, for messages.</param>
    /// <param name="name">The array's name in the file, or nothing.</param>
    /// <param name="length">The bytes of the array, header included, as the file system or the archive has them.</param>
    /// <param name="open">Opens a stream at the header.</param>
    /// <param name="locate">Gives the byte of the file where the elements lie, from the length of the header; null where they are compressed.</param>
    /// <param name="isChecked">Whether a stream that is read to its end verifies a checksum.</param>
    public NpyArray(string path, string format, string name, long length, Func<Stream> open, Func<int, long?> locate, bool isChecked = false)
    {
        _isChecked = isChecked;
        _path = path;
        _format = format;
        _name = name;
        _open = open;
        _locate = locate;
        using Stream stream = open();
        _header = NpyHeader.Read(stream);
        _byteCount = length - _header.Length;
    }

    private string Text => _name.Length == 0 ? "the array" : $"array '{_name}'";

    /// <exception cref="GnnReRankException">The elements are no real numbers, or their bytes are missing.</exception>
    public NumericArray Numbers()
    {
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
            IsChecked = _isChecked,
            Locate = () => _locate(_header.Length),
        };
    }

    /// <exception cref="GnnReRankException">The elements are no strings, or their bytes are missing.</exception>
    public TextArray Strings()
    {
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
