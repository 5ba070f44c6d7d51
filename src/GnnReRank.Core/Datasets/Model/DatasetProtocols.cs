namespace GnnReRank.Datasets.Model;

/// <summary>Which protocol a data set's figures are taken by.</summary>
internal static class DatasetProtocols
{
    public static EvaluationProtocol Of(DatasetKind kind) => kind switch
    {
        DatasetKind.Cuhk03Classic => EvaluationProtocol.Cuhk03Classic,
        DatasetKind.VehicleId => EvaluationProtocol.VehicleId,
        DatasetKind.University1652 => EvaluationProtocol.University1652,
        DatasetKind.Oxford5k or DatasetKind.Paris6k => EvaluationProtocol.OxfordParis,
        DatasetKind.ROxford5k or DatasetKind.RParis6k => EvaluationProtocol.RevisitedOxfordParis,
        DatasetKind.Gldv2 => EvaluationProtocol.Gldv2,
        DatasetKind.Qrels => EvaluationProtocol.Trec,
        DatasetKind.StanfordOnlineProducts or DatasetKind.Cub200 or DatasetKind.Cars196 => EvaluationProtocol.LeaveOneOut,
        _ => EvaluationProtocol.Market1501,
    };
}
