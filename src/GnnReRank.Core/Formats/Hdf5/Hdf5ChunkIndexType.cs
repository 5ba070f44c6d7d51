namespace GnnReRank.Formats.Hdf5;

/// <summary>The ways chunks are found; all but the first by their numbers in the file.</summary>
internal enum Hdf5ChunkIndexType
{
    Tree = 0,
    Single = 1,
    Implicit = 2,
    FixedArray = 3,
    ExtensibleArray = 4,
    NewTree = 5,
}
