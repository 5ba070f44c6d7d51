namespace GnnReRank.Formats.Hdf5;

/// <summary>One chunk of a dataset.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="Length">Its bytes there.</param>
/// <param name="FilterMask">A bit for each filter that was left out.</param>
internal readonly record struct Hdf5Chunk(long Address, long Length, uint FilterMask);
