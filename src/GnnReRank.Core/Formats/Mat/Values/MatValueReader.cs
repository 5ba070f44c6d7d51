using System.Text;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Mat.Values;

/// <summary>Reads an array with all that lies in it. Every count is held against the bytes that the array has before anything is allocated for it.</summary>
internal sealed class MatValueReader
{
    // An array within another has at least a tag.
    private const int SmallestArray = 8;
    private const int LongestPadding = 7;
    private const int DeepestNesting = 32;

    private readonly MatSection _section;
    private readonly MatCursor _cursor;
    private readonly CancellationToken _cancellation;

    /// <param name="section">Where the variable lies.</param>
    /// <param name="cursor">Behind its header.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public MatValueReader(MatSection section, MatCursor cursor, CancellationToken cancellation)
    {
        _section = section;
        _cursor = cursor;
        _cancellation = cancellation;
    }

    /// <summary>Reads what follows a header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="place">What is being read, for messages: variable, field and cell.</param>
    /// <param name="depth">The arrays around this one.</param>
    /// <exception cref="GnnReRankException">The array is of a class that is not read.</exception>
    /// <exception cref="InvalidDataException">It breaks the format.</exception>
    public object Read(MatHeader header, string place, int depth)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (depth > DeepestNesting)
        {
            throw FormatErrors.Unsupported(_section.Path, $"{place} lies more than {DeepestNesting} cells and structs deep, and no more are read. Save it flatter.");
        }

        object value = header.Class switch
        {
            >= MatClass.Double and <= MatClass.UInt64 => Numbers(header, place),
            MatClass.Char => Text(header, place),
            MatClass.Cell => new MatCell(header.Shape, Children(Count(header, place, fields: 1), index => $"{place}{{{index + 1}}}", depth)),
            MatClass.Struct => Struct(header, place, depth),
            _ => throw FormatErrors.Unsupported(
                _section.Path, $"{place} is {header.Class.Described()}, and numbers, text, cells and structs are read. Save it as one of these."),
        };
        return _cursor.Remaining <= LongestPadding
            ? value
            : throw new InvalidDataException($"{_cursor.Remaining:N0} bytes are left behind {place}");
    }

    private MatNumbers Numbers(MatHeader header, string place)
    {
        if (header.IsComplex)
        {
            throw FormatErrors.Unsupported(_section.Path, $"{place} is complex, and real numbers are read. Save real(x).");
        }

        MatTag tag = _cursor.ReadTag();
        ArrayElementType type = tag.Type.Numeric(_section.IsBigEndian)
            ?? throw new InvalidDataException($"{place} keeps its numbers as type {(int)tag.Type}, which is none of numbers");
        if (!ArrayShape.Fills(header.Shape, type.Size, tag.Size))
        {
            throw new InvalidDataException($"{place} {ArrayShape.Text(header.Shape)} of type {type} has {tag.Size:N0} bytes of data");
        }

        byte[] data = _cursor.ReadData(tag);
        double[] numbers = new double[data.Length / type.Size];
        ElementConversion.ToNativeOrder(data, type);
        ElementConversion.ToDoubles(data, type, numbers);
        return new MatNumbers(header.Shape, numbers);
    }

    private object Text(MatHeader header, string place)
    {
        if (header.Shape.Count != 2)
        {
            throw FormatErrors.Unsupported(_section.Path, $"{place} is text of {header.Shape.Count} dimensions, and rows of text are read.");
        }

        if (header.Shape.Contains(0))
        {
            _cursor.Skip(_cursor.Remaining);
            return string.Empty;
        }

        // Each row has at least a character of a byte.
        if (header.Shape[0] > _cursor.Remaining)
        {
            throw new InvalidDataException($"{place} claims {header.Shape[0]:N0} rows of text in {_cursor.Remaining:N0} bytes");
        }

        string[] rows = MatText.ReadRows(_cursor, header.Shape, _section.IsBigEndian, _cancellation);
        return rows.Length == 1 ? rows[0] : new MatCell([rows.Length, 1], rows);
    }

    private MatStruct Struct(MatHeader header, string place, int depth)
    {
        string[] names = FieldNames(place);
        long count = Count(header, place, names.Length);
        object[] values = Children(count * names.Length, index => $"{place}({(index / names.Length) + 1}).{names[index % names.Length]}", depth);
        Dictionary<string, object[]> fields = [];
        for (int field = 0; field < names.Length; field++)
        {
            object[] column = new object[count];
            for (int element = 0; element < column.Length; element++)
            {
                column[element] = values[(element * names.Length) + field];
            }

            if (!fields.TryAdd(names[field], column))
            {
                throw new InvalidDataException($"{place} has the field '{names[field]}' twice");
            }
        }

        return new MatStruct(header.Shape, count, fields);
    }

    private string[] FieldNames(string place)
    {
        MatTag lengthTag = _cursor.ReadTag();
        int length = lengthTag is { Type: MatDataType.Int32, Size: sizeof(int) } ? _cursor.ReadInt32s(lengthTag)[0] : 0;
        MatTag tag = length > 0 ? _cursor.ReadTag() : default;
        if (tag.Type is not (MatDataType.Int8 or MatDataType.UInt8 or MatDataType.Utf8) || tag.Size % length != 0)
        {
            throw new InvalidDataException($"{place} does not say its fields");
        }

        // Each name is filled up with NULs.
        return _cursor.ReadData(tag).Chunk(length).Select(name => Encoding.UTF8.GetString(name).Split('\0')[0]).ToArray();
    }

    private long Count(MatHeader header, string place, int fields)
    {
        long count = ArrayShape.ElementCount(header.Shape);
        return (Int128)count * fields * SmallestArray <= _cursor.Remaining
            ? count
            : throw new InvalidDataException($"{place} {ArrayShape.Text(header.Shape)} claims more than its {_cursor.Remaining:N0} bytes hold");
    }

    private object[] Children(long count, Func<long, string> place, int depth)
    {
        object[] values = new object[count];
        long end = _cursor.Length;
        for (long index = 0; index < count; index++)
        {
            MatTag tag = _cursor.ReadTag();
            if (tag.Type != MatDataType.Matrix || tag.IsSmall)
            {
                throw new InvalidDataException($"{place(index)} is no array");
            }

            // Narrowed to the child, so that nothing in it can reach into the next.
            _cursor.Length = _cursor.Position + tag.Size;
            values[index] = tag.Size == 0 ? MatNumbers.Empty : Read(MatHeader.Read(_cursor), place(index), depth + 1);
            _cursor.Skip(_cursor.Remaining);
            _cursor.Length = end;
        }

        return values;
    }
}
