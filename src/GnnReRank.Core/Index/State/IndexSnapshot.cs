using System.Collections.Concurrent;
using GnnReRank.Compute.Cpu.Singles;

namespace GnnReRank.Indexing.State;

/// <summary>An index at one moment: readers keep the one they began with. Immutable.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Graph">Their neighbour lists by slot; see <see cref="GalleryLists"/>.</param>
/// <param name="Scoring">The method made ready for them; null ranks by the cosine.</param>
/// <param name="Version">How often the index has changed before.</param>
internal sealed record IndexSnapshot(IndexRows Rows, NeighborGraph Graph, ISingleScoring? Scoring, long Version)
{
    /// <summary>Workers of past searches, to be used again.</summary>
    public ConcurrentBag<SearchWorker> Workers { get; } = [];

    public GalleryLists Lists => new(Graph, Rows.Count);
}
