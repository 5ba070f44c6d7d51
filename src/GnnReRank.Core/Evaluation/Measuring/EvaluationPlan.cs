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
        Traits = ProtocolChoice.Of(settings, ranking.Query, ranking.Gallery);
        Rule = Traits.RuleOf(settings, ranking.Query, ranking.Gallery);
        RequireBelongs(settings.Difficulty, "Difficulty", traits => traits.UsualDifficulty is not null);
        RequireBelongs(settings.GroundTruth, "GroundTruth", traits => traits.ReadsTruth);
        RequireBelongs(settings.Draws, "Draws", traits => traits.Draws is not null);
        ApKind = settings.ApKind ?? Traits.ApKind;
        Divisor = settings.Divisor ?? Traits.Divisor;
        Draws = Traits.Draws is null ? null : settings.Draws ?? Traits.Draws;
        Difficulty = Traits.DifficultyOf(settings);
        Longest = Math.Max(1, ranking.Depth);
        Depth = Math.Min(Longest, Traits.Cutoff ?? int.MaxValue);
        MostGood = Traits.CountsAllGood ? int.MaxValue : Depth;
        IsWhole = ranking.IsFull && Traits.Cutoff is null;
        MeanName = IsWhole ? "mAP" : $"mAP@{(ranking.IsFull ? Traits.Cutoff : Depth)}";
        if (settings.Bootstrap != 0)
        {
            BootstrapIntervals.Check(settings.Bootstrap);
        }

        if (Draws < 1)
        {
            throw new GnnReRankException(
                "InvalidDraws", ErrorKind.InvalidArgument,
                $"Draws is {Draws}: at least one gallery must be drawn. Leave it out for the usual {Traits.Draws}.");
        }
    }

    public Ranking Ranking { get; }

    public EvaluationSettings Settings { get; }

    /// <summary>The protocol, with all that is special about it.</summary>
    public ProtocolTraits Traits { get; }

    public IRelevanceRule Rule { get; }

    public ApKind ApKind { get; }

    public QueryDivisor Divisor { get; }

    /// <summary>How many galleries are drawn; null where none is.</summary>
    public int? Draws { get; }

    public Difficulty? Difficulty { get; }

    /// <summary>
    /// The length of the longest list; what a shorter one does not hold was not found. At least 1, so that lists that are all empty
    /// have a first rank at which nothing was found.
    /// </summary>
    public int Longest { get; }

    /// <summary>How many ranks of each list count.</summary>
    public int Depth { get; }

    /// <summary>The most good images that an average precision is divided by.</summary>
    public int MostGood { get; }

    /// <summary>Whether the whole gallery is measured, and not the head of lists.</summary>
    public bool IsWhole { get; }

    public string MeanName { get; }

    private void RequireBelongs(object? given, string parameter, Func<ProtocolTraits, bool> takesIt)
    {
        if (given is not null && !takesIt(Traits))
        {
            throw new GnnReRankException(
                $"{parameter}NotUsed", ErrorKind.InvalidArgument,
                $"-{parameter} was given, and the protocol is {Traits.Protocol}: it belongs to {KnownProtocols.InWords(takesIt, "and")}. Leave it out, or name such a protocol.");
        }
    }
}
