namespace GnnReRank.Evaluation.Protocols;

/// <summary>The rules that protocols are made with; each checks that the matrices know what it needs.</summary>
internal static class RelevanceRules
{
    public static IRelevanceRule ByCamera(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        RequireLabels(query, gallery);
        if (!query.HasCameras || !gallery.HasCameras)
        {
            throw new GnnReRankException(
                "CamerasMissing", ErrorKind.InvalidArgument,
                $"The {settings.Protocol} protocol needs cameras, and the {(query.HasCameras ? "gallery" : "query")} matrix has none. " +
                "Import them with -CameraColumn, or use -Protocol Label, which has no camera rule.");
        }

        return new Market1501Rule(query, gallery);
    }

    /// <summary>A query that stands in the gallery would find itself first, and say nothing of the features.</summary>
    public static IRelevanceRule ByLabel(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        RequireLabels(query, gallery);
        int[] own = OwnRows.AreSameRows(query, gallery) ? OwnRows.Find(query, gallery) : OwnRows.FindWithin(query, gallery, out _);
        return own.Any(row => row != OwnRows.None) ? new OtherImagesRule(query, gallery, own) : new LabelRule(query, gallery);
    }

    public static IRelevanceRule ByOtherImages(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        RequireLabels(query, gallery);
        return new OtherImagesRule(query, gallery, OwnRows.Find(query, gallery));
    }

    public static IRelevanceRule ByTruth(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        GroundTruth truth = settings.GroundTruth ?? throw new GnnReRankException(
            "GroundTruthMissing", ErrorKind.InvalidArgument,
            $"The {settings.Protocol} protocol takes its positives from the benchmark's lists, and none were given. Add -GroundTruth.");
        GroundTruthBinding.Check(truth, query, gallery);
        return new GroundTruthRule(truth, settings.Difficulty);
    }

    private static void RequireLabels(FeatureMatrix query, FeatureMatrix gallery)
    {
        if (!query.HasLabels || !gallery.HasLabels)
        {
            throw new GnnReRankException(
                "LabelsMissing", ErrorKind.InvalidArgument,
                $"The {(query.HasLabels ? "gallery" : "query")} matrix has no labels, so nothing says which images match. " +
                "Import them with -LabelColumn, or with -LabelPath where they are in a file of their own.");
        }
    }
}
