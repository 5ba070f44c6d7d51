using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Mat;

/// <summary>What a data element of a level 5 MAT-file holds (table 1-1 of MATLAB's description of the format).</summary>
internal enum MatDataType
{
    Int8 = 1,
    UInt8 = 2,
    Int16 = 3,
    UInt16 = 4,
    Int32 = 5,
    UInt32 = 6,
    Single = 7,
    Double = 9,
    Int64 = 12,
    UInt64 = 13,
    Matrix = 14,
    Compressed = 15,
    Utf8 = 16,
    Utf16 = 17,
    Utf32 = 18,
}

/// <summary>The numbers behind a data type.</summary>
internal static class MatDataTypes
{
    /// <summary>The type as array elements; null where it is no type of numbers.</summary>
    public static ArrayElementType? Numeric(this MatDataType type, bool isBigEndian) => type switch
    {
        MatDataType.Int8 => new ArrayElementType(ElementKind.SignedInteger, 1, isBigEndian),
        MatDataType.Int16 => new ArrayElementType(ElementKind.SignedInteger, 2, isBigEndian),
        MatDataType.Int32 => new ArrayElementType(ElementKind.SignedInteger, 4, isBigEndian),
        MatDataType.Int64 => new ArrayElementType(ElementKind.SignedInteger, 8, isBigEndian),
        MatDataType.UInt8 => new ArrayElementType(ElementKind.UnsignedInteger, 1, isBigEndian),
        MatDataType.UInt16 => new ArrayElementType(ElementKind.UnsignedInteger, 2, isBigEndian),
        MatDataType.UInt32 => new ArrayElementType(ElementKind.UnsignedInteger, 4, isBigEndian),
        MatDataType.UInt64 => new ArrayElementType(ElementKind.UnsignedInteger, 8, isBigEndian),
        MatDataType.Single => new ArrayElementType(ElementKind.FloatingPoint, 4, isBigEndian),
        MatDataType.Double => new ArrayElementType(ElementKind.FloatingPoint, 8, isBigEndian),
        _ => null,
    };
}
