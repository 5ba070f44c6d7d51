using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// Messages of any recipe for queries that are no vertices: each is made one, and all layers are made anew.
/// </summary>
/// <param name="recipe">The recipe.</param>
/// <param name="lists">The gallery's lists.</param>
internal sealed class RebuiltSingles(MessageRecipe recipe, GalleryLists lists) : ISingleScoring
{
    public MessageRecipe Recipe => recipe;

    public NeighborGraph Graph => lists.Graph;

    public ISingleScorer CreateScorer() => new RebuiltSingleScorer(this);

    public ISingleScoring After(GalleryLists lists, ReadOnlySpan<int> changed, ComputeOptions options) =>
        new RebuiltSingles(recipe, lists);

    public void Write(IStateWriter writer)
    {
        // Nothing but the lists is kept from query to query.
    }
}
