using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.Gnn;

/// <summary>What the parameters of GNN re-ranking ask of the engine.</summary>
internal static class GnnRecipe
{
    /// <summary>The recipe of some settings.</summary>
    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public static MessageRecipe Of(GnnReRankSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        bool isPaper = settings.Variant == GnnVariant.Paper;

        // The published code skips phase 2 where a vertex would pass messages to itself alone.
        int layerCount = !isPaper && settings.K2 == 1 ? 0 : settings.Layers;
        return new MessageRecipe(settings.K1, settings.K2, layerCount, settings.Alpha, isPaper)
        {
            CosineShare = settings.EffectiveLambda,
            Aggregation = settings.Aggregator switch
            {
                GnnAggregator.Mean => MessageAggregation.Mean,
                GnnAggregator.Max => MessageAggregation.Maximum,
                _ => MessageAggregation.Sum,
            },
        };
    }
}
