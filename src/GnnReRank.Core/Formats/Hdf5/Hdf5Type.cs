using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Hdf5;

/// <summary>The type of a dataset's elements.</summary>
/// <param name="Class">The kind of type.</param>
/// <param name="Size">The bytes of an element.</param>
/// <param name="Number">How its bytes are meant as a number; null where they are none, or one that no machine here knows.</param>
/// <param name="IsText">Whether the elements are text, of fixed or of variable length.</param>
/// <param name="IsSpacePadded">Whether text of fixed length is filled up with spaces, not zeros.</param>
internal sealed record Hdf5Type(Hdf5TypeClass Class, int Size, ArrayElementType? Number, bool IsText, bool IsSpacePadded)
{
    private const int ByteOrderBits = 0x41;
    private const int VariableText = 1;
    private const int SpacePadded = 2;

    /// <exception cref="InvalidDataException">The type is damaged.</exception>
    public static Hdf5Type Read(Hdf5Cursor cursor) => Read(cursor, isBase: false);

    // An enumeration of enumerations would be read without end; there is none.
    private static Hdf5Type Read(Hdf5Cursor cursor, bool isBase)
    {
        Hdf5TypeClass type = (Hdf5TypeClass)(cursor.ReadByte() & 0x0F);
        int bits = cursor.ReadByte();
        cursor.Skip(2);
        uint size = cursor.ReadUInt32();
        if (size is 0 or > int.MaxValue)
        {
            throw new InvalidDataException($"Elements of {size:N0} bytes are claimed");
        }

        ArrayElementType? number = type switch
        {
            Hdf5TypeClass.Integer or Hdf5TypeClass.BitField => Integer(cursor, bits, (int)size, isSigned: type == Hdf5TypeClass.Integer && (bits & 0x08) != 0),
            Hdf5TypeClass.FloatingPoint => FloatingPoint(cursor, bits, (int)size),
            // Truth values of h5py; the type that the words stand for comes first.
            Hdf5TypeClass.Enumeration when !isBase => Read(cursor, isBase: true).Number,
            _ => null,
        };
        int kind = bits & 0x0F;
        bool isText = type == Hdf5TypeClass.Text || (type == Hdf5TypeClass.VariableLength && kind == VariableText);
        return new Hdf5Type(type, (int)size, number, isText, type == Hdf5TypeClass.Text && kind == SpacePadded);
    }

    private static ArrayElementType? Integer(Hdf5Cursor cursor, int bits, int size, bool isSigned)
    {
        int offset = cursor.ReadUInt16();
        int precision = cursor.ReadUInt16();
        return size is 1 or 2 or 4 or 8 && offset == 0 && precision == size * 8
            ? new ArrayElementType(isSigned ? ElementKind.SignedInteger : ElementKind.UnsignedInteger, size, (bits & 1) != 0)
            : null;
    }

    // Where the sign, the exponent and the mantissa lie tells IEEE 754's numbers from others of the same size, as bfloat16.
    private static ArrayElementType? FloatingPoint(Hdf5Cursor cursor, int bits, int size)
    {
        int offset = cursor.ReadUInt16();
        int precision = cursor.ReadUInt16();
        (int, int, int, int, uint) parts = (cursor.ReadByte(), cursor.ReadByte(), cursor.ReadByte(), cursor.ReadByte(), cursor.ReadUInt32());
        bool isKnown = (size, parts) is (2, (10, 5, 0, 10, 15)) or (4, (23, 8, 0, 23, 127)) or (8, (52, 11, 0, 52, 1023));
        return isKnown && offset == 0 && precision == size * 8 && (bits & ByteOrderBits) is 0 or 1
            ? new ArrayElementType(ElementKind.FloatingPoint, size, (bits & 1) != 0)
            : null;
    }
}
