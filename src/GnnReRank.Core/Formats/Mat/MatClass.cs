namespace GnnReRank.Formats.Mat;

/// <summary>The class of a MATLAB array (table 1-3 of MATLAB's description of the format).</summary>
internal enum MatClass
{
    Cell = 1,
    Struct = 2,
    Object = 3,
    Char = 4,
    Sparse = 5,
    Double = 6,
    Single = 7,
    Int8 = 8,
    UInt8 = 9,
    Int16 = 10,
    UInt16 = 11,
    Int32 = 12,
    UInt32 = 13,
    Int64 = 14,
    UInt64 = 15,
    Function = 16,
    Opaque = 17,
}

/// <summary>What people call a class.</summary>
internal static class MatClasses
{
    /// <summary>The class for a message.</summary>
    public static string Described(this MatClass type) =>
        Enum.IsDefined(type) ? $"of MATLAB's class {type.ToString().ToLowerInvariant()}" : $"of the unknown class {(int)type}";
}
