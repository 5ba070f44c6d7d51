namespace GnnReRank.Formats.Hdf5;

/// <summary>The kinds of element types, by their numbers in the file.</summary>
internal enum Hdf5TypeClass
{
    Integer = 0,
    FloatingPoint = 1,
    Time = 2,
    Text = 3,
    BitField = 4,
    Opaque = 5,
    Compound = 6,
    Reference = 7,
    Enumeration = 8,
    VariableLength = 9,
    Array = 10,
}
