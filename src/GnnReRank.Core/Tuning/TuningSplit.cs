using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Tuning;

/// <summary>Queries of identities that choose, and queries of identities that judge and choose nothing; how both are measured.</summary>
internal sealed class TuningSplit
{
    private const long Junk = -1;

    // Keep the draws of identities and of queries apart from the others of the same seed.
    private const int IdentityStream = 2;
    private const int QueryStream = 3;

    private TuningSplit(FeatureMatrix query, FeatureMatrix gallery, EvaluationSettings evaluation) =>
        (Query, Gallery, Evaluation) = (query, gallery, evaluation);

    /// <summary>The queries: those that choose, in random order, then those that judge, then those without a match, which stay in the graph.</summary>
    public FeatureMatrix Query { get; private init; }

    public FeatureMatrix Gallery { get; }

    public EvaluationSettings Evaluation { get; }

    public int ChoosingCount { get; private init; }

    public int JudgingCount { get; private init; }

    public int ChoosingIdentities { get; private init; }

    public int JudgingIdentities { get; private init; }

    /// <summary>The split in a sentence.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{ChoosingCount:N0} queries of {ChoosingIdentities:N0} identities choose, {JudgingCount:N0} of {JudgingIdentities:N0} judge, by {Evaluation.Protocol}");

    /// <exception cref="GnnReRankException">There are no labels, too few identities, or the protocol needs what the matrices do not know.</exception>
    public static TuningSplit Of(FeatureMatrix? query, FeatureMatrix gallery, TuningSettings settings)
    {
        ProtocolTraits traits = ProtocolChoice.Of(new EvaluationSettings { Protocol = settings.Protocol }, query ?? gallery, gallery);
        if (traits.ReadsTruth)
        {
            throw new GnnReRankException(
                "LabelsNeeded", ErrorKind.InvalidArgument,
                $"Parameters are chosen by identities, and the protocol {traits.Protocol} has none: take one that goes by labels, " +
                $"such as {KnownProtocols.All.First(known => !known.ReadsTruth).Protocol}.");
        }

        EvaluationSettings evaluation = new()
        {
            Protocol = traits.Apart ?? traits.Protocol,
            ApKind = settings.ApKind ?? (settings.Protocol is null ? null : traits.ApKind),
        };
        bool isAlone = query is null || traits.LeavesOutEachQuery || OwnRows.AreOneSet(query, gallery);
        return isAlone ? OfGallery(gallery, evaluation, settings.Seed) : OfPair(query!, gallery, evaluation, settings.Seed);
    }

    private static TuningSplit OfGallery(FeatureMatrix gallery, EvaluationSettings evaluation, int seed)
    {
        RequireLabels(gallery, "gallery");
        ProtocolTraits traits = KnownProtocols.Of(evaluation.Protocol!.Value);
        int[] queries = QueryDraw.Of(gallery, gallery.HasCameras && traits.MakeRule == RelevanceRules.ByCamera, seed);
        if (queries.Length == 0)
        {
            throw TooFew(0);
        }

        int[] others = [.. Enumerable.Range(0, gallery.RowCount).Except(queries)];
        return OfPair(Rows(gallery, queries), Rows(gallery, others), evaluation, seed);
    }

    private static TuningSplit OfPair(FeatureMatrix query, FeatureMatrix gallery, EvaluationSettings evaluation, int seed)
    {
        RequireLabels(query, "query");
        RequireLabels(gallery, "gallery");
        IRelevanceRule rule = KnownProtocols.Of(evaluation.Protocol!.Value).RuleOf(evaluation, query, gallery);
        long[] labels = query.LabelArray!;
        int[] usable = [.. Enumerable.Range(0, query.RowCount).Where(row => labels[row] != Junk && rule.CountGood(row) > 0)];
        long[] identities = RandomOrder.Of(usable.Select(row => labels[row]).Distinct().Order(), seed, IdentityStream);
        if (identities.Length < 2)
        {
            throw TooFew(identities.Length);
        }

        HashSet<long> choosing = [.. identities[..((identities.Length + 1) / 2)]];
        int[] choose = RandomOrder.Of(usable.Where(row => choosing.Contains(labels[row])), seed, QueryStream);
        int[] judge = [.. usable.Where(row => !choosing.Contains(labels[row]))];
        int[] idle = [.. Enumerable.Range(0, query.RowCount).Except(usable)];
        return new TuningSplit(InOrder(query, [.. choose, .. judge, .. idle]), gallery, evaluation)
        {
            ChoosingCount = choose.Length,
            JudgingCount = judge.Length,
            ChoosingIdentities = choosing.Count,
            JudgingIdentities = identities.Length - choosing.Count,
        };
    }

    private static FeatureMatrix Rows(FeatureMatrix matrix, int[] rows) => FeatureSelector.Select(matrix, new RowSelection { Indices = rows });

    private static FeatureMatrix InOrder(FeatureMatrix matrix, int[] rows) => FeatureMatrix.Adopt(
        matrix.Storage.Pick(rows),
        Array.ConvertAll(rows, row => matrix.LabelArray![row]),
        matrix.CameraArray is int[] cameras ? Array.ConvertAll(rows, row => cameras[row]) : null,
        matrix.NameArray is string[] names ? Array.ConvertAll(rows, row => names[row]) : null,
        FeatureRole.Query, matrix.Source, inverseNorms: null, matrix.LabelNames);

    private static void RequireLabels(FeatureMatrix matrix, string which)
    {
        if (!matrix.HasLabels)
        {
            throw new GnnReRankException(
                "LabelsNeeded", ErrorKind.InvalidArgument,
                $"The {which} matrix has no labels, and parameters are chosen by labelled queries: import them with -LabelColumn. " +
                "Without labels take a method's defaults.");
        }
    }

    private static GnnReRankException TooFew(int identities) => new(
        "TooFewIdentities", ErrorKind.InvalidData,
        $"{identities} identities have a query with a match to find, and at least two are needed: one that chooses and one that judges. " +
        "Give more labelled rows, or without cameras where each identity was seen by one alone.");
}
