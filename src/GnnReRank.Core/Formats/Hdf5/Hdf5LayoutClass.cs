namespace GnnReRank.Formats.Hdf5;

/// <summary>The ways elements are kept, by their numbers in the file.</summary>
internal enum Hdf5LayoutClass
{
    Compact = 0,
    Contiguous = 1,
    Chunked = 2,
    Virtual = 3,
}
