namespace GnnReRank.Evaluation.Protocols;

/// <summary>What a protocol's official evaluation takes where nothing else is asked for.</summary>
/// <param name="ApKind">The kind of average precision.</param>
/// <param name="Divisor">What the sums over queries are divided by.</param>
/// <param name="Ranks">The ranks at which CMC is published.</param>
internal sealed record ProtocolTraits(ApKind ApKind, QueryDivisor Divisor, int[] Ranks)
{
    private static readonly int[] s_identityRanks = [1, 5, 10, 20];
    private static readonly int[] s_landmarkRanks = [1, 5, 10];

    /// <summary>How many galleries are drawn; null where none is.</summary>
    public int? Draws { get; init; }

    /// <summary>How many ranks count; null where all do.</summary>
    public int? Cutoff { get; init; }

    /// <summary>Whether average precision is divided by all good images even where they are more than the list is long.</summary>
    public bool CountsAllGood { get; init; }

    public static ProtocolTraits Of(EvaluationProtocol protocol) => protocol switch
    {
        EvaluationProtocol.Cuhk03Classic => new(ApKind.Uninterpolated, QueryDivisor.Valid, s_identityRanks) { Draws = 100 },
        EvaluationProtocol.VehicleId => new(ApKind.Uninterpolated, QueryDivisor.Valid, s_identityRanks) { Draws = 10 },
        EvaluationProtocol.University1652 => new(ApKind.Trapezoid, QueryDivisor.All, s_landmarkRanks),
        EvaluationProtocol.OxfordParis => new(ApKind.Trapezoid, QueryDivisor.Valid, s_landmarkRanks),
        EvaluationProtocol.RevisitedOxfordParis => new(ApKind.Trapezoid, QueryDivisor.Valid, s_landmarkRanks),
        EvaluationProtocol.Gldv2 => new(ApKind.Uninterpolated, QueryDivisor.All, s_landmarkRanks) { Cutoff = 100 },
        EvaluationProtocol.Trec => new(ApKind.Uninterpolated, QueryDivisor.Valid, s_landmarkRanks) { CountsAllGood = true },
        EvaluationProtocol.LeaveOneOut => new(ApKind.Uninterpolated, QueryDivisor.Valid, [1, 2, 4, 8, 10, 100, 1000]),
        _ => new(ApKind.Trapezoid, QueryDivisor.Valid, s_identityRanks),
    };
}
