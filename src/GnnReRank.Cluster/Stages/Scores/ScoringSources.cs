using GnnReRank.Cluster.Stages.Messages;
using GnnReRank.Cluster.Stages.Scoring;
using GnnReRank.Cluster.Stages.Walks;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Diffusion;
using GnnReRank.ReRanking.Gnn;

namespace GnnReRank.Cluster.Stages.Scores;

/// <summary>Which method scores from what.</summary>
internal static class ScoringSources
{
    /// <summary>The source of a method; null where it ranks by cosine alone.</summary>
    public static IScoringSource? Of(MethodSettings settings) => settings switch
    {
        DiffusionSettings diffusion => new WalkScoringSource(diffusion),
        GnnReRankSettings messages => new MessageScoringSource(messages),
        _ => null,
    };

    /// <summary>Whether cosines do no more than break ties of a method's scores.</summary>
    public static bool BreaksTiesOnly(MethodSettings settings)
    {
        ScoringRecipe? recipe = settings switch
        {
            DiffusionSettings diffusion => DiffusionRecipe.Of(diffusion),
            GnnReRankSettings messages => GnnRecipe.Of(messages),
            _ => null,
        };
        return recipe is { UsesCosines: false };
    }
}
