using System.Buffers.Binary;
using System.Text;

namespace GnnReRank.Formats.Mat;

/// <summary>Text of MAT-files: character matrices, one name a row, and cell arrays of character vectors.</summary>
internal static class MatText
{
    /// <summary>The rows of a character matrix, without the spaces that fill them up.</summary>
    /// <exception cref="InvalidDataException">The text does not fill its shape, or is of no known type.</exception>
    public static string[] ReadRows(MatCursor cursor, IReadOnlyList<long> shape, bool isBigEndian, CancellationToken cancellation)
    {
        (long rows, long columns) = (shape[0], shape[1]);
        int[] characters = ReadCharacters(cursor, isBigEndian);
        if (characters.Length != (Int128)rows * columns)
        {
            throw new InvalidDataException($"Text of {rows} x {columns} characters holds {characters.Length:N0}.");
        }

        string[] names = new string[rows];
        StringBuilder name = new();
        for (int row = 0; row < names.Length; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            name.Clear();
            for (long position = row; position < characters.Length; position += rows)
            {
                Append(name, characters[position]);
            }

            names[row] = name.ToString().TrimEnd(' ', '\0');
        }

        return names;
    }

    /// <summary>The texts of a cell array, each a single row.</summary>
    /// <exception cref="InvalidDataException">A cell holds anything else.</exception>
    public static string[] ReadCells(MatCursor cursor, long count, bool isBigEndian, CancellationToken cancellation)
    {
        string[] names = new string[count];
        for (int cell = 0; cell < names.Length; cell++)
        {
            cancellation.ThrowIfCancellationRequested();
            MatTag tag = cursor.ReadTag();
            if (tag.Type != MatDataType.Matrix || tag.IsSmall)
            {
                throw new InvalidDataException($"Cell {cell + 1} is no array.");
            }

            long end = cursor.Position + tag.Size;
            names[cell] = tag.Size == 0 ? string.Empty : ReadCell(cursor, cell, isBigEndian, cancellation);
            if (cursor.Position > end)
            {
                throw new InvalidDataException($"Cell {cell + 1} is longer than it claims.");
            }

            cursor.Skip(end - cursor.Position);
        }

        return names;
    }

    private static string ReadCell(MatCursor cursor, int cell, bool isBigEndian, CancellationToken cancellation)
    {
        MatHeader header = MatHeader.Read(cursor);
        if (header.Class != MatClass.Char || header.Shape.Count != 2 || header.Shape[0] > 1)
        {
            throw new InvalidDataException($"Cell {cell + 1} holds no single row of text.");
        }

        string[] rows = header.Shape[0] == 0 ? [] : ReadRows(cursor, header.Shape, isBigEndian, cancellation);
        return rows.Length == 0 ? string.Empty : rows[0];
    }

    private static int[] ReadCharacters(MatCursor cursor, bool isBigEndian)
    {
        MatTag tag = cursor.ReadTag();
        byte[] bytes = cursor.ReadData(tag);
        return tag.Type switch
        {
            MatDataType.Int8 or MatDataType.UInt8 => Array.ConvertAll(bytes, character => (int)character),
            MatDataType.Utf8 => Runes(Encoding.UTF8.GetString(bytes)),
            MatDataType.Utf32 => Runes((isBigEndian ? new UTF32Encoding(true, false) : Encoding.UTF32).GetString(bytes)),
            MatDataType.UInt16 or MatDataType.Utf16 => CodeUnits(bytes, isBigEndian),
            _ => throw new InvalidDataException($"Text is kept as type {(int)tag.Type}, which is none of text."),
        };
    }

    private static int[] Runes(string text) => text.EnumerateRunes().Select(rune => rune.Value).ToArray();

    // Two halves of one character take two places in MATLAB's shape, so they stay apart until the row is put together.
    private static int[] CodeUnits(byte[] bytes, bool isBigEndian)
    {
        int[] units = new int[bytes.Length / sizeof(ushort)];
        for (int unit = 0; unit < units.Length; unit++)
        {
            ReadOnlySpan<byte> pair = bytes.AsSpan(unit * sizeof(ushort));
            units[unit] = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(pair) : BinaryPrimitives.ReadUInt16LittleEndian(pair);
        }

        return units;
    }

    private static void Append(StringBuilder name, int character)
    {
        if (character <= char.MaxValue)
        {
            name.Append((char)character);
        }
        else
        {
            name.Append(new Rune(character));
        }
    }
}
