namespace GnnReRank.Cluster.Running;

/// <summary>What an engine knows of a job's tasks.</summary>
/// <param name="IsAlive">Whether tasks run or wait; null where the engine does not answer.</param>
/// <param name="Jobs">Slurm's numbers of those that do.</param>
/// <param name="Note">What is worth knowing.</param>
/// <param name="Waits">Whether all tasks that are left wait for their turn.</param>
internal sealed record EngineState(bool? IsAlive, IReadOnlyList<string> Jobs, string? Note, bool Waits = false);
