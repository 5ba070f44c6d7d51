using System.Text;

namespace GnnReRank.Formats.Mat;

/// <summary>The first elements of an array in a MAT-file: flags, dimensions, name.</summary>
/// <param name="Class">The array's class.</param>
/// <param name="IsComplex">Whether the array has an imaginary part.</param>
/// <param name="Shape">The extents claimed.</param>
/// <param name="Name">The variable's name; empty for the cells of a cell array, and for what MATLAB keeps for itself.</param>
internal sealed record MatHeader(MatClass Class, bool IsComplex, IReadOnlyList<long> Shape, string Name)
{
    // MATLAB's own limit is 63 characters.
    private const int LongestName = 1024;
    private const int MostDimensions = 64;
    private const int FlagsSize = 8;
    private const int ComplexFlag = 0x0800;

    /// <summary>Reads a header and leaves the cursor behind it.</summary>
    /// <exception cref="InvalidDataException">It breaks the format.</exception>
    public static MatHeader Read(MatCursor cursor)
    {
        MatTag flagsTag = cursor.ReadTag();
        if (flagsTag is not { Type: MatDataType.UInt32, Size: FlagsSize })
        {
            throw new InvalidDataException("A variable does not start with its flags.");
        }

        int flags = cursor.ReadInt32s(flagsTag)[0];
        MatClass type = (MatClass)(flags & 0xFF);

        // What MATLAB keeps as objects of its own (string, table, datetime) has a name, and no dimensions before it.
        return new MatHeader(type, (flags & ComplexFlag) != 0, type == MatClass.Opaque ? [] : ReadShape(cursor), ReadName(cursor));
    }

    private static long[] ReadShape(MatCursor cursor)
    {
        MatTag tag = cursor.ReadTag();
        if (tag.Type is not (MatDataType.Int32 or MatDataType.UInt32) || tag.Size % sizeof(int) != 0 || tag.Size is < 2 * sizeof(int) or > MostDimensions * sizeof(int))
        {
            throw new InvalidDataException("A variable does not say its dimensions.");
        }

        int[] shape = cursor.ReadInt32s(tag);
        return shape.All(extent => extent >= 0)
            ? Array.ConvertAll(shape, extent => (long)extent)
            : throw new InvalidDataException($"A variable has the dimensions {string.Join(" x ", shape)}.");
    }

    private static string ReadName(MatCursor cursor)
    {
        MatTag tag = cursor.ReadTag();
        return tag.Type is MatDataType.Int8 or MatDataType.UInt8 or MatDataType.Utf8 && tag.Size <= LongestName
            ? Encoding.UTF8.GetString(cursor.ReadData(tag))
            : throw new InvalidDataException("A variable does not say its name.");
    }
}
