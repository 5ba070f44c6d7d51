using GnnReRank.Compute.Cpu.Neighbors;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Takes what the row at a place has met; called on several threads, once a row.</summary>
/// <param name="scorer">
/// The thread's, whose cosine of a row with itself is this row's where rows meet their own clusters.
/// </param>
/// <param name="place">The row's place.</param>
/// <param name="best">The best of what it met, best first, with exact scores; until the scorer scores again.</param>
internal delegate void MetListTaker(CandidateScorer scorer, int place, ReadOnlySpan<ulong> best);
