namespace GnnReRank.Binding;

/// <summary>The names by which a protocol is asked for: its own, and those of the data sets that it evaluates.</summary>
internal static class ProtocolNames
{
    public static IReadOnlyList<(string Name, EvaluationProtocol Protocol, string Meaning)> All { get; } =
    [
        ("Market1501", EvaluationProtocol.Market1501, "Same identity from another camera; same identity and camera is junk."),
        ("DukeMTMC", EvaluationProtocol.Market1501, "DukeMTMC-reID, by the rule of Market1501."),
        ("MSMT17", EvaluationProtocol.Market1501, "MSMT17, by the rule of Market1501."),
        ("CUHK03-NP", EvaluationProtocol.Market1501, "CUHK03 by the new protocol, by the rule of Market1501."),
        ("VeRi-776", EvaluationProtocol.Market1501, "VeRi-776 image to image, by the rule of Market1501."),
        ("Label", EvaluationProtocol.Label, "Same label, no camera rule; label -1 is junk."),
        ("Cuhk03Classic", EvaluationProtocol.Cuhk03Classic, "CUHK03 single gallery shot: one random image an identity, 100 draws."),
        ("VehicleId", EvaluationProtocol.VehicleId, "VehicleID: one random gallery image a vehicle, 10 draws."),
        ("University1652", EvaluationProtocol.University1652, "University-1652: Recall@1, 5, 10 and top 1 %, over all queries."),
        ("OxfordParis", EvaluationProtocol.OxfordParis, "Oxford-5k and Paris-6k: good and ok are positive. Needs -GroundTruth."),
        ("Oxford5k", EvaluationProtocol.OxfordParis, "Oxford-5k, by OxfordParis. Needs -GroundTruth."),
        ("Paris6k", EvaluationProtocol.OxfordParis, "Paris-6k, by OxfordParis. Needs -GroundTruth."),
        ("RevisitedOxfordParis", EvaluationProtocol.RevisitedOxfordParis, "Revisited Oxford and Paris: Easy, Medium, Hard. Needs -GroundTruth."),
        ("ROxford5k", EvaluationProtocol.RevisitedOxfordParis, "Revisited Oxford: Easy, Medium, Hard. Needs -GroundTruth."),
        ("RParis6k", EvaluationProtocol.RevisitedOxfordParis, "Revisited Paris: Easy, Medium, Hard. Needs -GroundTruth."),
        ("Gldv2", EvaluationProtocol.Gldv2, "Google Landmarks v2 retrieval: mAP@100 over all queries. Needs -GroundTruth."),
        ("Trec", EvaluationProtocol.Trec, "As trec_eval measures: uninterpolated AP, divided by all relevant. Needs -GroundTruth."),
        ("LeaveOneOut", EvaluationProtocol.LeaveOneOut, "A set against itself: Recall@K, MAP@R, R-precision."),
        ("SOP", EvaluationProtocol.LeaveOneOut, "Stanford Online Products, by LeaveOneOut."),
        ("CUB200", EvaluationProtocol.LeaveOneOut, "CUB-200-2011, by LeaveOneOut."),
        ("Cars196", EvaluationProtocol.LeaveOneOut, "Cars196, by LeaveOneOut."),
    ];

    // Other spellings of the same; letters and digits alone count.
    private static readonly (string Name, EvaluationProtocol Protocol)[] s_others =
    [
        ("Qrels", EvaluationProtocol.Trec), ("TrecEval", EvaluationProtocol.Trec),
        ("Market", EvaluationProtocol.Market1501), ("Duke", EvaluationProtocol.Market1501), ("DukeMTMCreID", EvaluationProtocol.Market1501),
        ("VeRi", EvaluationProtocol.Market1501), ("ROxford", EvaluationProtocol.RevisitedOxfordParis),
        ("RParis", EvaluationProtocol.RevisitedOxfordParis), ("StanfordOnlineProducts", EvaluationProtocol.LeaveOneOut),
        ("CUB", EvaluationProtocol.LeaveOneOut), ("CUB2002011", EvaluationProtocol.LeaveOneOut), ("Cars", EvaluationProtocol.LeaveOneOut),
    ];

    private static readonly Dictionary<string, EvaluationProtocol> s_protocols = All.Select(entry => (entry.Name, entry.Protocol))
        .Concat(s_others)
        .ToDictionary(entry => Letters(entry.Name), entry => entry.Protocol);

    /// <summary>The protocol of a name, however it is hyphened; null where there is none.</summary>
    public static EvaluationProtocol? Find(string name) => s_protocols.TryGetValue(Letters(name), out EvaluationProtocol found) ? found : null;

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
