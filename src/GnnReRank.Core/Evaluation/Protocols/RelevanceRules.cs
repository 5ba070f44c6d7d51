namespace GnnReRank.Evaluation.Protocols;

/// <summary>Finds the rule of a protocol, and checks that the matrices know what it needs.</summary>
internal static class RelevanceRules
{
    public static IRelevanceRule For(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        EvaluationProtocol protocol = settings.Protocol ?? UsualProtocol(settings, query, gallery);
        switch (protocol)
        {
            case EvaluationProtocol.Market1501 or EvaluationProtocol.Cuhk03Classic:
                RequireLabels(query, gallery);
                RequireCameras(protocol, query, gallery);
                return new Market1501Rule(query, gallery, protocol);
            case EvaluationProtocol.Label or EvaluationProtocol.VehicleId or EvaluationProtocol.University1652:
                RequireLabels(query, gallery);
                return ByLabel(query, gallery, protocol);
            case EvaluationProtocol.LeaveOneOut:
                RequireLabels(query, gallery);
                return new OtherImagesRule(query, gallery, OwnRows.Find(query, gallery), protocol);
            case EvaluationProtocol.OxfordParis or EvaluationProtocol.RevisitedOxfordParis or EvaluationProtocol.Gldv2 or EvaluationProtocol.Trec:
                GroundTruth truth = settings.GroundTruth ?? throw TruthMissing(protocol);
                GroundTruthBinding.Check(truth, query, gallery);
                return new GroundTruthRule(truth, protocol, DifficultyOf(protocol, settings));
            default:
                throw new GnnReRankException(
                    "UnknownProtocol", ErrorKind.InvalidArgument,
                    $"{protocol} is no known protocol: use {string.Join(" or ", Enum.GetNames<EvaluationProtocol>())}.");
        }
    }

    /// <summary>The setup that is measured: null where the protocol has none, Medium where none is named.</summary>
    public static Difficulty? DifficultyOf(EvaluationProtocol protocol, EvaluationSettings settings) =>
        protocol == EvaluationProtocol.RevisitedOxfordParis ? settings.Difficulty ?? Difficulty.Medium : null;

    private static EvaluationProtocol UsualProtocol(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        if (settings.GroundTruth is not null)
        {
            throw new GnnReRankException(
                "ProtocolMissing", ErrorKind.InvalidArgument,
                "A ground truth was given, and several protocols read one: add -Protocol OxfordParis, RevisitedOxfordParis, Gldv2 or Trec.");
        }

        // By cameras a query's own image is junk anyway.
        return query.HasCameras && gallery.HasCameras ? EvaluationProtocol.Market1501
            : OwnRows.AreOneSet(query, gallery) ? EvaluationProtocol.LeaveOneOut
            : EvaluationProtocol.Label;
    }

    /// <summary>A query that stands in the gallery would find itself first, and say nothing of the features.</summary>
    private static IRelevanceRule ByLabel(FeatureMatrix query, FeatureMatrix gallery, EvaluationProtocol protocol)
    {
        int[] own = OwnRows.AreSameRows(query, gallery) ? OwnRows.Find(query, gallery) : OwnRows.FindWithin(query, gallery, out _);
        return own.Any(row => row != OwnRows.None) ? new OtherImagesRule(query, gallery, own, protocol) : new LabelRule(query, gallery, protocol);
    }

    private static GnnReRankException TruthMissing(EvaluationProtocol protocol) => new(
        "GroundTruthMissing", ErrorKind.InvalidArgument,
        $"The {protocol} protocol takes its positives from the benchmark's lists, and none were given. Add -GroundTruth.");

    private static void RequireCameras(EvaluationProtocol protocol, FeatureMatrix query, FeatureMatrix gallery)
    {
        if (!query.HasCameras || !gallery.HasCameras)
        {
            throw new GnnReRankException(
                "CamerasMissing", ErrorKind.InvalidArgument,
                $"The {protocol} protocol needs cameras, and the {(query.HasCameras ? "gallery" : "query")} matrix has none. " +
                "Import them with -CameraColumn, or use -Protocol Label, which has no camera rule.");
        }
    }

    private static void RequireLabels(FeatureMatrix query, FeatureMatrix gallery)
    {
        if (!query.HasLabels || !gallery.HasLabels)
        {
            throw new GnnReRankException(
                "LabelsMissing", ErrorKind.InvalidArgument,
                $"The {(query.HasLabels ? "gallery" : "query")} matrix has no labels, so nothing says which images match. " +
                "Import them with -LabelColumn.");
        }
    }
}
