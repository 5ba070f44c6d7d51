namespace GnnReRank.Evaluation.Protocols;

/// <summary>The protocols, an entry each, in the order in which they are offered.</summary>
internal static class KnownProtocols
{
    private static readonly int[] s_identityRanks = [1, 5, 10, 20];
    private static readonly int[] s_landmarkRanks = [1, 5, 10];

    public static IReadOnlyList<ProtocolTraits> All { get; } =
    [
        new(EvaluationProtocol.Market1501, RelevanceRules.ByCamera, ApKind.Trapezoid, QueryDivisor.Valid, s_identityRanks)
        {
            Meaning = "Same identity from another camera; same identity and camera is junk.",
            DataSets =
            [
                ("DukeMTMC", "DukeMTMC-reID, by the rule of Market1501."),
                ("MSMT17", "MSMT17, by the rule of Market1501."),
                ("CUHK03-NP", "CUHK03 by the new protocol, by the rule of Market1501."),
                ("VeRi-776", "VeRi-776 image to image, by the rule of Market1501."),
            ],
            Spellings = ["Market", "Duke", "DukeMTMCreID", "VeRi"],
        },
        new(EvaluationProtocol.Label, RelevanceRules.ByLabel, ApKind.Trapezoid, QueryDivisor.Valid, s_identityRanks)
        {
            Meaning = "Same label, no camera rule; label -1 is junk.",
            CountsDoubtfulImages = true,
        },
        new(EvaluationProtocol.Cuhk03Classic, RelevanceRules.ByCamera, ApKind.Uninterpolated, QueryDivisor.Valid, s_identityRanks)
        {
            Meaning = "CUHK03 single gallery shot: one random image an identity, 100 draws.",
            Draws = 100,
            DrawsForEachQuery = true,
        },
        new(EvaluationProtocol.VehicleId, RelevanceRules.ByLabel, ApKind.Uninterpolated, QueryDivisor.Valid, s_identityRanks)
        {
            Meaning = "VehicleID: one random gallery image a vehicle, 10 draws.",
            Draws = 10,
            CountsDoubtfulImages = true,
        },
        new(EvaluationProtocol.University1652, RelevanceRules.ByLabel, ApKind.Trapezoid, QueryDivisor.All, s_landmarkRanks)
        {
            Meaning = "University-1652: Recall@1, 5, 10 and top 1 %, over all queries.",
            MeasuresTopPercent = true,
            CountsDoubtfulImages = true,
        },
        new(EvaluationProtocol.OxfordParis, RelevanceRules.ByTruth, ApKind.Trapezoid, QueryDivisor.Valid, s_landmarkRanks)
        {
            Meaning = "Oxford-5k and Paris-6k: good and ok are positive. Needs -GroundTruth.",
            DataSets =
            [
                ("Oxford5k", "Oxford-5k, by OxfordParis. Needs -GroundTruth."),
                ("Paris6k", "Paris-6k, by OxfordParis. Needs -GroundTruth."),
            ],
            ReadsTruth = true,
        },
        new(EvaluationProtocol.RevisitedOxfordParis, RelevanceRules.ByTruth, ApKind.Trapezoid, QueryDivisor.Valid, s_landmarkRanks)
        {
            Meaning = "Revisited Oxford and Paris: Easy, Medium, Hard. Needs -GroundTruth.",
            DataSets =
            [
                ("ROxford5k", "Revisited Oxford: Easy, Medium, Hard. Needs -GroundTruth."),
                ("RParis6k", "Revisited Paris: Easy, Medium, Hard. Needs -GroundTruth."),
            ],
            Spellings = ["ROxford", "RParis"],
            ReadsTruth = true,
            UsualDifficulty = Difficulty.Medium,
            PrecisionRanks = [1, 5, 10],
        },
        new(EvaluationProtocol.Gldv2, RelevanceRules.ByTruth, ApKind.Uninterpolated, QueryDivisor.All, s_landmarkRanks)
        {
            Meaning = "Google Landmarks v2 retrieval: mAP@100 over all queries. Needs -GroundTruth.",
            ReadsTruth = true,
            Cutoff = 100,
        },
        new(EvaluationProtocol.Trec, RelevanceRules.ByTruth, ApKind.Uninterpolated, QueryDivisor.Valid, s_landmarkRanks)
        {
            Meaning = "As trec_eval measures: uninterpolated AP, divided by all relevant. Needs -GroundTruth.",
            Spellings = ["Qrels", "TrecEval"],
            ReadsTruth = true,
            CountsAllGood = true,
        },
        new(EvaluationProtocol.LeaveOneOut, RelevanceRules.ByOtherImages, ApKind.Uninterpolated, QueryDivisor.Valid, [1, 2, 4, 8, 10, 100, 1000])
        {
            Meaning = "A set against itself: Recall@K, MAP@R, R-precision.",
            DataSets =
            [
                ("SOP", "Stanford Online Products, by LeaveOneOut."),
                ("CUB200", "CUB-200-2011, by LeaveOneOut."),
                ("Cars196", "Cars196, by LeaveOneOut."),
            ],
            Spellings = ["StanfordOnlineProducts", "CUB", "CUB2002011", "Cars"],
            LeavesOutEachQuery = true,
            Apart = EvaluationProtocol.Label,
            HasRanksForManySizes = true,
            MeasuresFirstR = true,
        },
    ];

    /// <exception cref="GnnReRankException">The value is no protocol.</exception>
    public static ProtocolTraits Of(EvaluationProtocol protocol) => Find(protocol) ?? throw new GnnReRankException(
        "UnknownProtocol", ErrorKind.InvalidArgument,
        $"{protocol} is no known protocol: use {string.Join(" or ", Enum.GetNames<EvaluationProtocol>())}.");

    public static ProtocolTraits? Find(EvaluationProtocol protocol) => All.FirstOrDefault(traits => traits.Protocol == protocol);

    /// <summary>The protocols of a trait in words: "OxfordParis, Gldv2 and Trec".</summary>
    /// <param name="hasTrait">The trait.</param>
    /// <param name="last">The word before the last of them: "and", "or".</param>
    public static string InWords(Func<ProtocolTraits, bool> hasTrait, string last)
    {
        string[] names = [.. All.Where(hasTrait).Select(traits => traits.Protocol.ToString())];
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} {last} {names[^1]}";
    }
}
