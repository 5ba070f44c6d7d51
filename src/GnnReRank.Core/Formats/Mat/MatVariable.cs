using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Mat;

/// <summary>One variable of a MAT-file: its header, and how to read the numbers or the text behind it.</summary>
internal sealed class MatVariable
{
    private readonly MatSection _section;
    private readonly MatHeader _header;
    private readonly long _dataStart;

    private MatVariable(MatSection section, MatHeader header, long dataStart)
    {
        _section = section;
        _header = header;
        _dataStart = dataStart;
    }

    /// <summary>The variable's name.</summary>
    public string Name => _header.Name;

    private string Description => $"variable '{Name}' {ArrayShape.Text(_header.Shape)}";

    /// <summary>Reads a variable's header; null where it has no name, as what MATLAB keeps for itself.</summary>
    /// <exception cref="InvalidDataException">It breaks the format.</exception>
    public static MatVariable? Read(MatSection section)
    {
        if (section.Size == 0)
        {
            return null;
        }

        using MatCursor cursor = section.Open();
        MatHeader header = MatHeader.Read(cursor);
        return header.Name.Length == 0 ? null : new MatVariable(section, header, cursor.Position);
    }

    /// <exception cref="GnnReRankException">The variable holds no real numbers, or claims more than the file has.</exception>
    public NumericArray Numbers()
    {
        if (_header.Class is < MatClass.Double or > MatClass.UInt64)
        {
            throw FormatErrors.Unsupported(_section.Path, $"{Description} is {_header.Class.Described()}, and an array of numbers is needed.{Advice}");
        }

        if (_header.IsComplex)
        {
            throw FormatErrors.Unsupported(_section.Path, $"{Description} is complex, and real numbers are needed. Save real(x), or [real(x) imag(x)].");
        }

        using MatCursor cursor = OpenAtData();
        MatTag tag = cursor.ReadTag();
        ArrayElementType type = tag.Type.Numeric(_section.IsBigEndian)
            ?? throw FormatErrors.Corrupt(_section.Path, MatFile.Format, $"{Description} keeps its numbers as type {(int)tag.Type}, which is none of numbers.");
        if (!ArrayShape.Fills(_header.Shape, type.Size, tag.Size))
        {
            throw FormatErrors.Corrupt(
                _section.Path, MatFile.Format, $"{Description} of type {type} has {tag.Size:N0} bytes of data, which do not make that shape.");
        }

        return new NumericArray
        {
            Path = _section.Path,
            Format = MatFile.Format,
            Name = Name,
            Shape = _header.Shape,
            Type = type,
            IsColumnMajor = true,
            IsChecked = _section.IsCompressed,
            Open = OpenData,
        };
    }

    /// <exception cref="GnnReRankException">The variable holds no text.</exception>
    public TextArray Text()
    {
        if (_header.Class is not (MatClass.Char or MatClass.Cell))
        {
            throw FormatErrors.Unsupported(
                _section.Path, $"{Description} is {_header.Class.Described()}, and text is needed. Save names as a cell array of character vectors (cellstr).");
        }

        if (_header.Class == MatClass.Char && _header.Shape.Count != 2)
        {
            throw FormatErrors.Unsupported(_section.Path, $"{Description} has {_header.Shape.Count} dimensions, and text with a row a name is needed.");
        }

        return new TextArray
        {
            Shape = _header.Class == MatClass.Char ? [_header.Shape[0]] : _header.Shape,
            Read = ReadText,
        };
    }

    /// <summary>Hands the variable's data to a reader that takes all of it.</summary>
    /// <param name="read">Reads from a cursor at the data.</param>
    /// <exception cref="InvalidDataException">It breaks the format.</exception>
    public object Read(Func<MatSection, MatHeader, MatCursor, object> read)
    {
        using MatCursor cursor = OpenAtData();
        object value = read(_section, _header, cursor);
        StreamEnd.Check(cursor.Stream);
        return value;
    }

    private string Advice => _header.Class == MatClass.Sparse ? " Save full(x)." : string.Empty;

    private string[] ReadText(CancellationToken cancellation)
    {
        using MatCursor cursor = OpenAtData();
        string[] names = _header.Class == MatClass.Char
            ? MatText.ReadRows(cursor, _header.Shape, _section.IsBigEndian, cancellation)
            : MatText.ReadCells(cursor, ArrayShape.ElementCount(_header.Shape), _section.IsBigEndian, cancellation);
        StreamEnd.Check(cursor.Stream);
        return names;
    }

    private MatCursor OpenAtData()
    {
        MatCursor cursor = _section.Open();
        cursor.Skip(_dataStart - cursor.Position);
        return cursor;
    }

    private Stream OpenData()
    {
        MatCursor cursor = OpenAtData();
        _ = cursor.ReadTag();
        return cursor.Stream;
    }
}
