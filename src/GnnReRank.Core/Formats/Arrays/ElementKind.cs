namespace GnnReRank.Formats.Arrays;

/// <summary>How the bytes of one array element are meant.</summary>
internal enum ElementKind
{
    /// <summary>IEEE 754 binary floating point of 2, 4 or 8 bytes.</summary>
    FloatingPoint,

    /// <summary>Two's complement of 1, 2, 4 or 8 bytes.</summary>
    SignedInteger,

    /// <summary>1, 2, 4 or 8 bytes; truth values are 0 and 1 of one byte.</summary>
    UnsignedInteger,
}
