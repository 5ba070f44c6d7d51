namespace GnnReRank.Evaluation.Protocols;

/// <summary>Which protocol is measured: the one that is named, else the one that the matrices suggest.</summary>
internal static class ProtocolChoice
{
    /// <exception cref="GnnReRankException">The value is no protocol, or a ground truth was given and none of those that read one was named.</exception>
    public static ProtocolTraits Of(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery) =>
        KnownProtocols.Of(settings.Protocol ?? Usual(settings, query, gallery));

    private static EvaluationProtocol Usual(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        if (settings.GroundTruth is not null)
        {
            throw new GnnReRankException(
                "ProtocolMissing", ErrorKind.InvalidArgument,
                "A ground truth was given, and several protocols read one: " +
                $"add -Protocol {KnownProtocols.InWords(traits => traits.ReadsTruth, "or")}.");
        }

        // By cameras a query's own image is junk anyway.
        return query.HasCameras && gallery.HasCameras ? EvaluationProtocol.Market1501
            : OwnRows.AreOneSet(query, gallery) ? EvaluationProtocol.LeaveOneOut
            : EvaluationProtocol.Label;
    }
}
