namespace GnnReRank.Compute.Walks;

/// <summary>Lists of neighbours, wherever they lie: the vertex itself first, -1 behind a list that is short.</summary>
internal interface INeighborLists
{
    /// <summary>The neighbours of a vertex.</summary>
    ReadOnlySpan<int> NeighborsOf(int vertex);

    /// <summary>Their cosines.</summary>
    ReadOnlySpan<float> CosinesOf(int vertex);
}
