using System.Buffers.Binary;

namespace GnnReRank.Formats.Arrow;

/// <summary>A table of a FlatBuffer; every read is bounded by the buffer.</summary>
/// <param name="Buffer">The whole buffer.</param>
/// <param name="Start">The byte where the table starts.</param>
internal readonly record struct FlatTable(byte[] Buffer, int Start)
{
    private const int FirstSlot = 4;

    public static FlatTable Root(byte[] buffer) => new(buffer, Offset(buffer, 0));

    public long Int64(int field) => Position(field) is int position ? BinaryPrimitives.ReadInt64LittleEndian(Buffer.AsSpan(position)) : 0;

    public byte Byte(int field) => Position(field) is int position ? Buffer[position] : (byte)0;

    public FlatTable? Table(int field) => Position(field) is int position ? new FlatTable(Buffer, Offset(Buffer, position)) : null;

    /// <summary>The tables of a vector.</summary>
    public IEnumerable<FlatTable> Tables(int field)
    {
        if (Position(field) is not int position)
        {
            yield break;
        }

        int vector = Offset(Buffer, position);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(Buffer.AsSpan(vector));
        for (uint index = 0; index < count; index++)
        {
            yield return new FlatTable(Buffer, Offset(Buffer, checked(vector + sizeof(uint) + (int)(index * sizeof(uint)))));
        }
    }

    /// <summary>Whether a vector's elements, each so many bytes, lie within the buffer; true where there is no such vector.</summary>
    public bool HoldsVector(int field, int elementSize)
    {
        if (Position(field) is not int position)
        {
            return true;
        }

        int vector = Offset(Buffer, position);
        long count = BinaryPrimitives.ReadUInt32LittleEndian(Buffer.AsSpan(vector));
        return count * elementSize <= Buffer.Length - vector - sizeof(uint);
    }

    // The table starts with the distance back to its list of fields: the list's length, the table's, then a slot of two bytes a field.
    private int? Position(int field)
    {
        int fields = checked(Start - BinaryPrimitives.ReadInt32LittleEndian(Buffer.AsSpan(Start)));
        int length = BinaryPrimitives.ReadUInt16LittleEndian(Buffer.AsSpan(fields));
        int slot = FirstSlot + (field * sizeof(ushort));
        int offset = slot + sizeof(ushort) <= length ? BinaryPrimitives.ReadUInt16LittleEndian(Buffer.AsSpan(fields + slot)) : 0;
        return offset == 0 ? null : Start + offset;
    }

    private static int Offset(byte[] buffer, int position) =>
        checked((int)(position + BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(position))));
}
