using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// A recipe made ready for a gallery's graph, to serve queries that are no vertices of it. Immutable, and shared by
/// threads; it is the collector's, since readers may hold it while a later one takes its place.
/// </summary>
internal interface ISingleScoring
{
    /// <summary>Makes a thread's scorer.</summary>
    ISingleScorer CreateScorer();

    /// <summary>
    /// The same for lists that have changed: what would be made of them afresh, to the bit, at the cost of the changes.
    /// </summary>
    /// <param name="lists">The lists now; vertices may have been added at the end.</param>
    /// <param name="changed">The vertices whose lists are others than before, new and removed ones among them; ascending.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled; this object is as it was.</exception>
    ISingleScoring After(GalleryLists lists, ReadOnlySpan<int> changed, ComputeOptions options);

    /// <summary>Writes what is not quickly made again of the lists.</summary>
    void Write(IStateWriter writer);
}
