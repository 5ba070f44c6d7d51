using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Evaluation.Measuring;

/// <summary>One measurement with every choice made.</summary>
internal sealed class EvaluationPlan
{
    /// <exception cref="GnnReRankException">Something the protocol needs is missing, or a choice does not belong to it.</exception>
    public EvaluationPlan(Ranking ranking, EvaluationSettings settings)
    {
        Ranking = ranking;
        Settings = settings;
        Rule = RelevanceRules.For(settings, ranking.Query, ranking.Gallery);
        ProtocolTraits traits = ProtocolTraits.Of(Rule.Protocol);
        RequireBelongs(settings.Difficulty is null || Rule.Protocol == EvaluationProtocol.RevisitedOxfordParis, "Difficulty", "RevisitedOxfordParis");
        RequireBelongs(settings.GroundTruth is null || Rule is GroundTruthRule, "GroundTruth", "OxfordParis, RevisitedOxfordParis, Gldv2 and Trec");
        RequireBelongs(settings.Draws is null || traits.Draws is not null, "Draws", "Cuhk03Classic and VehicleId");
        ApKind = settings.ApKind ?? traits.ApKind;
        Divisor = settings.Divisor ?? traits.Divisor;
        UsualRanks = traits.Ranks;
        Draws = traits.Draws is null ? null : settings.Draws ?? traits.Draws;
        Difficulty = RelevanceRules.DifficultyOf(Rule.Protocol, settings);
        Depth = Math.Min(ranking.Depth, traits.Cutoff ?? int.MaxValue);
        MostGood = traits.CountsAllGood ? int.MaxValue : Depth;
        IsWhole = ranking.IsFull && traits.Cutoff is null;
        MeanName = IsWhole ? "mAP" : $"mAP@{(ranking.IsFull ? traits.Cutoff : Depth)}";
        if (settings.Bootstrap != 0)
        {
            BootstrapIntervals.Check(settings.Bootstrap);
        }

        if (Draws < 1)
        {
            throw new GnnReRankException(
                "InvalidDraws", ErrorKind.InvalidArgument,
                $"Draws is {Draws}: at least one gallery must be drawn. Leave it out for the usual {traits.Draws}.");
        }
    }

    public Ranking Ranking { get; }

    public EvaluationSettings Settings { get; }

    public IRelevanceRule Rule { get; }

    public ApKind ApKind { get; }

    public QueryDivisor Divisor { get; }

    public int[] UsualRanks { get; }

    /// <summary>How many galleries are drawn; null where none is.</summary>
    public int? Draws { get; }

    public Difficulty? Difficulty { get; }

    /// <summary>How many ranks of each list count.</summary>
    public int Depth { get; }

    /// <summary>The most good images that an average precision is divided by.</summary>
    public int MostGood { get; }

    /// <summary>Whether the whole gallery is measured, and not the head of lists.</summary>
    public bool IsWhole { get; }

    public string MeanName { get; }

    private void RequireBelongs(bool belongs, string parameter, string protocols)
    {
        if (!belongs)
        {
            throw new GnnReRankException(
                $"{parameter}NotUsed", ErrorKind.InvalidArgument,
                $"-{parameter} was given, and the protocol is {Rule.Protocol}: it belongs to {protocols}. Leave it out, or name such a protocol.");
        }
    }
}
