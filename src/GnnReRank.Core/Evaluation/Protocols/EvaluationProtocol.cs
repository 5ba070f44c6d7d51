namespace GnnReRank;

/// <summary>Which gallery images count as good, which as junk, and how the figures are taken.</summary>
public enum EvaluationProtocol
{
    /// <summary>
    /// Good: same label, other camera. Junk: label -1, and same label from the same camera. Needs labels and cameras.
    /// The rule of Market-1501, DukeMTMC, MSMT17, CUHK03-NP and VeRi-776.
    /// </summary>
    Market1501,

    /// <summary>Good: same label. Junk: label -1, and the query itself where the gallery holds it. No camera rule.</summary>
    Label,

    /// <summary>CUHK03 before the new protocol: one random gallery image an identity, from another camera, in many seeded draws.</summary>
    Cuhk03Classic,

    /// <summary>VehicleID: one random gallery image a vehicle, no camera rule, in many seeded draws.</summary>
    VehicleId,

    /// <summary>University-1652: good is the same label, junk is label -1; Recall@1, 5, 10 and top 1 %.</summary>
    University1652,

    /// <summary>Oxford-5k and Paris-6k: positives are good and ok; junk leaves the list. Needs a ground truth.</summary>
    OxfordParis,

    /// <summary>Revisited Oxford and Paris: Easy, Medium and Hard, with mP@k. Needs a ground truth.</summary>
    RevisitedOxfordParis,

    /// <summary>Google Landmarks v2 retrieval: mAP@100 over all queries. Needs a ground truth.</summary>
    Gldv2,

    /// <summary>Leave one out (SOP, CUB, Cars): every image is a query of all others; Recall@K, MAP@R, R-precision.</summary>
    LeaveOneOut,

    /// <summary>
    /// Relevance judgements of TREC (qrels), as trec_eval measures: uninterpolated average precision, divided by all relevant images.
    /// Needs a ground truth.
    /// </summary>
    Trec,
}
