namespace GnnReRank;

/// <summary>Neighbours of vertices, wherever they lie: those of a graph in memory, or of one in mapped files.</summary>
internal interface INeighborLists
{
    int VertexCount { get; }

    /// <summary>Places a list.</summary>
    int NeighborCount { get; }

    /// <summary>The neighbours of a vertex, itself first; -1 behind a list that is short.</summary>
    ReadOnlySpan<int> GetNeighborSpan(int vertex);

    /// <summary>Their cosines.</summary>
    ReadOnlySpan<float> GetScoreSpan(int vertex);
}
