using System.Buffers.Binary;
using System.Text;

namespace GnnReRank.Formats.Arrow;

/// <summary>A table of a FlatBuffer; every read is bounded by the buffer.</summary>
/// <param name="Buffer">The whole buffer.</param>
/// <param name="Start">The byte where the table starts.</param>
/// <exception cref="InvalidDataException">A read would leave the buffer.</exception>
internal readonly record struct FlatTable(byte[] Buffer, int Start)
{
    private const int FirstSlot = 4;

    public static FlatTable Root(byte[] buffer) => new(buffer, Target(buffer, 0));

    public long Int64(int field) => Position(field) is int position ? BinaryPrimitives.ReadInt64LittleEndian(Bytes(Buffer, position, sizeof(long))) : 0;

    public int Int32(int field) => Position(field) is int position ? BinaryPrimitives.ReadInt32LittleEndian(Bytes(Buffer, position, sizeof(int))) : 0;

    public short Int16(int field) => Position(field) is int position ? BinaryPrimitives.ReadInt16LittleEndian(Bytes(Buffer, position, sizeof(short))) : (short)0;

    public byte Byte(int field) => Position(field) is int position ? Bytes(Buffer, position, 1)[0] : (byte)0;

    public string Text(int field)
    {
        if (Position(field) is not int position)
        {
            return string.Empty;
        }

        int text = Target(Buffer, position);
        return Encoding.UTF8.GetString(Bytes(Buffer, text + sizeof(uint), UInt32(Buffer, text)));
    }

    public FlatTable? Table(int field) => Position(field) is int position ? new FlatTable(Buffer, Target(Buffer, position)) : null;

    /// <summary>The number of a vector's elements; 0 where there is no such vector.</summary>
    public long Count(int field) => Position(field) is int position ? UInt32(Buffer, Target(Buffer, position)) : 0;

    /// <summary>The tables of a vector.</summary>
    public IEnumerable<FlatTable> Tables(int field)
    {
        if (Position(field) is not int position)
        {
            yield break;
        }

        int vector = Target(Buffer, position);
        long count = UInt32(Buffer, vector);
        for (long index = 0; index < count; index++)
        {
            yield return new FlatTable(Buffer, Target(Buffer, vector + sizeof(uint) + (index * sizeof(uint))));
        }
    }

    /// <summary>Whether a vector's elements, each so many bytes, lie within the buffer; true where there is no such vector.</summary>
    public bool HoldsVector(int field, int elementSize) =>
        Position(field) is not int position || Count(field) * elementSize <= Buffer.Length - Target(Buffer, position) - sizeof(uint);

    // The table starts with the distance back to its list of fields: the list's length, the table's, then a slot of two bytes a field.
    private int? Position(int field)
    {
        long fields = Start - (long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(Buffer, Start, sizeof(int)));
        int length = UInt16(Buffer, fields);
        _ = Bytes(Buffer, fields, length);
        int slot = FirstSlot + (field * sizeof(ushort));
        int offset = slot + sizeof(ushort) <= length ? UInt16(Buffer, fields + slot) : 0;
        return offset == 0 ? null : Start + offset;
    }

    private static int Target(byte[] buffer, long position)
    {
        long target = position + UInt32(buffer, position);
        _ = Bytes(buffer, target, sizeof(uint));
        return (int)target;
    }

    private static ushort UInt16(byte[] buffer, long position) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(buffer, position, sizeof(ushort)));

    private static uint UInt32(byte[] buffer, long position) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(buffer, position, sizeof(uint)));

    private static ReadOnlySpan<byte> Bytes(byte[] buffer, long position, long length) => position >= 0 && position <= buffer.Length - length
        ? buffer.AsSpan((int)position, (int)length)
        : throw new InvalidDataException("its metadata refers to bytes outside of itself");
}
