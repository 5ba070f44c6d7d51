namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>What a ranking found.</summary>
/// <param name="Indices">Each query's gallery rows, the best first.</param>
/// <param name="Scores">Their scores.</param>
internal sealed record RankedLists(RowBlocks<int> Indices, RowBlocks<float> Scores);
