namespace GnnReRank.Evaluation;

/// <summary>Finds the rule of a protocol, and checks that the matrices know what it needs.</summary>
internal static class RelevanceRules
{
    public static IRelevanceRule For(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        RequireLabels(query, "query");
        RequireLabels(gallery, "gallery");
        bool bothHaveCameras = query.HasCameras && gallery.HasCameras;
        switch (settings.Protocol ?? (bothHaveCameras ? EvaluationProtocol.Market1501 : EvaluationProtocol.Label))
        {
            case EvaluationProtocol.Market1501 when bothHaveCameras:
                return new Market1501Rule(query, gallery);
            case EvaluationProtocol.Market1501:
                throw new GnnReRankException(
                    "CamerasMissing", ErrorKind.InvalidArgument,
                    $"The Market1501 protocol needs cameras, and the {(query.HasCameras ? "gallery" : "query")} matrix has none. " +
                    "Import them with -CameraColumn, or use -Protocol Label, which has no camera rule.");
            case EvaluationProtocol.Label:
                return new LabelRule(query, gallery);
            default:
                throw new GnnReRankException(
                    "UnknownProtocol", ErrorKind.InvalidArgument,
                    $"{settings.Protocol} is no known protocol: use {string.Join(" or ", Enum.GetNames<EvaluationProtocol>())}.");
        }
    }

    private static void RequireLabels(FeatureMatrix matrix, string role)
    {
        if (!matrix.HasLabels)
        {
            throw new GnnReRankException(
                "LabelsMissing", ErrorKind.InvalidArgument,
                $"The {role} matrix has no labels, so nothing says which images match. Import them with -LabelColumn.");
        }
    }
}
