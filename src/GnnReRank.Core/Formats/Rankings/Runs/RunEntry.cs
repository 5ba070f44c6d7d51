namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>One gallery image of one query's list, as a run has it.</summary>
/// <param name="Gallery">0-based gallery row.</param>
/// <param name="Score">Higher is better, as exact as the run has it: some differ in digits that float32 does not keep. Without meaning where the run has none.</param>
/// <param name="Rank">The rank that the run gives; without meaning where it has none.</param>
/// <param name="Place">Where it stands in the file.</param>
internal readonly record struct RunEntry(int Gallery, double Score, int Rank, int Place);
