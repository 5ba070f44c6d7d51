namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>The neighbour lists of a gallery that serves queries one at a time.</summary>
/// <param name="Graph">
/// The gallery's graph: a vertex a row that is or was there. Lists are at least as long as a recipe asks for wherever
/// there are so many rows, and may be longer. A row that was removed keeps its vertex, has a list of itself alone and
/// stands in no other.
/// </param>
/// <param name="LiveCount">Rows that were not removed, at least 1.</param>
internal sealed record GalleryLists(NeighborGraph Graph, int LiveCount);
