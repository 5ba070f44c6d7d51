namespace GnnReRank.Evaluation.Protocols;

/// <summary>All that is special about a protocol: whoever measures or shows asks for a trait, and for no protocol by name.</summary>
/// <param name="Protocol">Which it is.</param>
/// <param name="MakeRule">What says which images are good and which are junk.</param>
/// <param name="ApKind">Its official kind of average precision.</param>
/// <param name="Divisor">What it divides the sums over queries by.</param>
/// <param name="Ranks">The ranks at which its CMC is published.</param>
internal sealed record ProtocolTraits(EvaluationProtocol Protocol, RuleMaker MakeRule, ApKind ApKind, QueryDivisor Divisor, int[] Ranks)
{
    /// <summary>The protocol in a line, for whoever chooses one.</summary>
    public required string Meaning { get; init; }

    /// <summary>The data sets that it evaluates, each with its line.</summary>
    public IReadOnlyList<(string Name, string Meaning)> DataSets { get; init; } = [];

    /// <summary>Other spellings of the same names; letters and digits alone count.</summary>
    public IReadOnlyList<string> Spellings { get; init; } = [];

    /// <summary>Whether its positives are those of a ground truth, and not those of labels.</summary>
    public bool ReadsTruth { get; init; }

    /// <summary>The setup that is measured where one can be and none is named; null where the protocol has no setups.</summary>
    public Difficulty? UsualDifficulty { get; init; }

    /// <summary>The protocol that judges alike where no query stands in the gallery; null where that is this one.</summary>
    public EvaluationProtocol? Apart { get; init; }

    /// <summary>How many galleries are drawn; null where none is.</summary>
    public int? Draws { get; init; }

    /// <summary>Whether each query draws galleries of its own, from the images that are not junk to it.</summary>
    public bool DrawsForEachQuery { get; init; }

    /// <summary>How many ranks count; null where all do.</summary>
    public int? Cutoff { get; init; }

    /// <summary>Whether average precision is divided by all good images even where they are more than the list is long.</summary>
    public bool CountsAllGood { get; init; }

    /// <summary>Whether every image is a query of all others, so that a curve has one rank less than the gallery has images.</summary>
    public bool LeavesOutEachQuery { get; init; }

    /// <summary>Whether a query is left out of its own list only where that is beyond doubt, so that those in doubt must be told.</summary>
    public bool CountsDoubtfulImages { get; init; }

    /// <summary>Whether usual ranks past the end of the curve are passed over, and not shown as unknown: they are for sets of many sizes.</summary>
    public bool HasRanksForManySizes { get; init; }

    /// <summary>Whether MAP@R and R-precision are among its figures.</summary>
    public bool MeasuresFirstR { get; init; }

    /// <summary>Whether the recall at one percent of the gallery is among its figures.</summary>
    public bool MeasuresTopPercent { get; init; }

    /// <summary>The ranks k of its mP@k; none where that is not among its figures.</summary>
    public IReadOnlyList<int> PrecisionRanks { get; init; } = [];

    /// <summary>Whether its results say what those of other protocols leave empty, so that they are shown in a table of their own.</summary>
    public bool HasFiguresOfItsOwn => MeasuresFirstR || MeasuresTopPercent || PrecisionRanks.Count > 0;

    /// <summary>The setup that is measured; null where the protocol has none.</summary>
    public Difficulty? DifficultyOf(EvaluationSettings settings) => UsualDifficulty is null ? null : settings.Difficulty ?? UsualDifficulty;

    /// <exception cref="GnnReRankException">The matrices or the settings lack what the protocol needs.</exception>
    public IRelevanceRule RuleOf(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery) =>
        MakeRule(settings with { Protocol = Protocol, Difficulty = DifficultyOf(settings) }, query, gallery);
}
