using GnnReRank.Cluster.Stages.Messages;
using GnnReRank.Cluster.Stages.Walks;

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
}
