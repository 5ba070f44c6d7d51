namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>What a ranking may take where the machine is not its own.</summary>
/// <param name="Bytes">Memory beside what its scorers hold.</param>
/// <param name="Threads">Threads that score, each of which has a scorer.</param>
internal sealed record RankingRoom(long Bytes, int Threads);
