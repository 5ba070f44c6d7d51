namespace GnnReRank.Compute.Jobs;

/// <summary>A recipe that is known only when the graph is: its numbers are chosen from the lists.</summary>
/// <param name="Neighbors">Neighbours a vertex, itself included, that the choice looks at and the recipe chosen may use.</param>
/// <param name="Choose">Chooses the recipe, and the settings that the ranking will say made it.</param>
internal sealed record LateRecipe(int Neighbors, Func<NeighborGraph, (ScoringRecipe Recipe, RankingSettings Settings)> Choose) : ScoringRecipe
{
    public override string Work => "messages";

    public override int NeighborCount => Neighbors;
}
