namespace GnnReRank.Compute.Jobs;

/// <summary>
/// A walk with restart from each query over few neighbours: F begins at the query, and each step F &lt;- (1 - restart) F S~ + restart e_q,
/// with S~ the symmetrically normalised edges. The score of a gallery row is F there, so every query stands by itself.
/// </summary>
/// <param name="EdgeCount">Neighbours a vertex has edges to, itself not counted.</param>
/// <param name="Restart">The share that each step gives back to the query, 0 to 1.</param>
/// <param name="Steps">Steps of the walk, at least 1.</param>
internal sealed record RestartWalkRecipe(int EdgeCount, double Restart, int Steps) : ScoringRecipe
{
    public override string Work => "walks";

    public override int NeighborCount => EdgeCount + 1;
}
