using System.Management.Automation;

namespace GnnReRank.Formatting;

/// <summary>
/// What results show beside their own properties: settings and counts that lie deeper, flat for tables and files of text, and the
/// figures of columns by the columns' names. GnnReRank.Types.ps1xml names these methods; PowerShell gives them the object. It reads that
/// file before it can find the engine, so no signature here may name a type of the engine.
/// </summary>
public static class FlatProperties
{
    /// <summary>The name of the method that made the lists.</summary>
    /// <param name="result">The result.</param>
    public static string? Method(PSObject result) => SettingsOf(result)?.Method;

    /// <summary>What the queries knew of each other.</summary>
    /// <param name="result">The result.</param>
    public static object? QueryMode(PSObject result) => SettingsOf(result)?.QueryMode;

    /// <summary>The share of the exact neighbours in the lists; null where they were exact.</summary>
    /// <param name="result">The result.</param>
    public static double? Recall(PSObject result) =>
        Bare(result) is NeighborGraph graph ? graph.Approximation?.Recall : SettingsOf(result)?.Approximation?.Recall;

    /// <summary>Which statement of the method was computed.</summary>
    /// <param name="result">The result.</param>
    public static object? Variant(PSObject result) => Gnn(result)?.Variant;

    /// <summary>k1.</summary>
    /// <param name="result">The result.</param>
    public static int? K1(PSObject result) => Gnn(result)?.K1;

    /// <summary>k2.</summary>
    /// <param name="result">The result.</param>
    public static int? K2(PSObject result) => Gnn(result)?.K2;

    /// <summary>L.</summary>
    /// <param name="result">The result.</param>
    public static int? Layers(PSObject result) => Gnn(result)?.Layers;

    /// <summary>alpha, the exponent of edges.</summary>
    /// <param name="result">The result.</param>
    public static double? Alpha(PSObject result) => Gnn(result)?.Alpha;

    /// <summary>lambda, as it was used.</summary>
    /// <param name="result">The result.</param>
    public static double? Lambda(PSObject result) => Gnn(result)?.EffectiveLambda;

    /// <summary>The protocol of a comparison.</summary>
    /// <param name="result">The comparison.</param>
    public static object? Protocol(PSObject result) => (Bare(result) as RetrievalComparison)?.After.Protocol;

    /// <summary>The setup of a comparison.</summary>
    /// <param name="result">The comparison.</param>
    public static object? Difficulty(PSObject result) => (Bare(result) as RetrievalComparison)?.After.Difficulty;

    /// <summary>The number of queries of a graph or a data set.</summary>
    /// <param name="result">The graph or data set.</param>
    public static int? QueryCount(PSObject result) => Bare(result) switch
    {
        NeighborGraph graph => graph.Query?.RowCount,
        RetrievalDataset dataset => dataset.QueryImages.Count,
        _ => null,
    };

    /// <summary>The number of gallery rows of a graph, or of gallery images of a data set.</summary>
    /// <param name="result">The graph or data set.</param>
    public static int? GalleryCount(PSObject result) => Bare(result) switch
    {
        NeighborGraph graph => graph.Gallery?.RowCount,
        RetrievalDataset dataset => dataset.GalleryImages.Count,
        _ => null,
    };

    /// <summary>The number of a data set's images without features.</summary>
    /// <param name="result">The data set.</param>
    public static int? UnmatchedImageCount(PSObject result) => (Bare(result) as RetrievalDataset)?.UnmatchedImages.Count;

    /// <summary>The number of feature rows without an image of the data set.</summary>
    /// <param name="result">The data set.</param>
    public static int? UnmatchedFeatureCount(PSObject result) => (Bare(result) as RetrievalDataset)?.UnmatchedFeatures.Count;

    /// <summary>The number of a data set's images with features.</summary>
    /// <param name="result">The data set.</param>
    public static int? MatchedImageCount(PSObject result) =>
        Bare(result) is RetrievalDataset dataset ? (dataset.Query?.RowCount ?? 0) + (dataset.Gallery?.RowCount ?? 0) : null;

    /// <summary>The data set and its form.</summary>
    /// <param name="result">The data set.</param>
    public static string? DatasetName(PSObject result) => Bare(result) is RetrievalDataset dataset ? $"{dataset.Kind} {dataset.Variant}".Trim() : null;

    /// <summary>The name of an image that no feature row names.</summary>
    /// <param name="result">The unmatched image.</param>
    public static string? ImageName(PSObject result) => (Bare(result) as UnmatchedImage)?.Image.Name;

    /// <summary>Its label.</summary>
    /// <param name="result">The unmatched image.</param>
    public static long? ImageLabel(PSObject result) => (Bare(result) as UnmatchedImage)?.Image.Label;

    /// <summary>Its camera.</summary>
    /// <param name="result">The unmatched image.</param>
    public static int? ImageCamera(PSObject result) => (Bare(result) as UnmatchedImage)?.Image.Camera;

    /// <summary>The mean average precision, of whole or of cut lists.</summary>
    /// <param name="result">The result.</param>
    public static double? Mean(PSObject result) => Bare(result) is RetrievalAccuracy accuracy ? accuracy.mAP ?? accuracy.mAPAtDepth : null;

    /// <summary>The number of queries that sums were divided by.</summary>
    /// <param name="result">The result.</param>
    public static int? CountedQueries(PSObject result) => Bare(result) is RetrievalAccuracy accuracy
        ? accuracy.Divisor == QueryDivisor.Valid ? accuracy.ValidQueryCount : accuracy.QueryCount
        : null;

    /// <summary>mP@1 of the revisited benchmarks.</summary>
    /// <param name="result">The result.</param>
    public static double? MeanPrecisionAt1(PSObject result) => MeanPrecision(result, 1);

    /// <summary>mP@5 of the revisited benchmarks.</summary>
    /// <param name="result">The result.</param>
    public static double? MeanPrecisionAt5(PSObject result) => MeanPrecision(result, 5);

    /// <summary>mP@10 of the revisited benchmarks.</summary>
    /// <param name="result">The result.</param>
    public static double? MeanPrecisionAt10(PSObject result) => MeanPrecision(result, 10);

    /// <summary>The lower end of a comparison's interval.</summary>
    /// <param name="result">The comparison.</param>
    public static double? IntervalLower(PSObject result) => (Bare(result) as RetrievalComparison)?.DifferenceInterval.Lower;

    /// <summary>The memory that a method came to hold, in whole megabytes.</summary>
    /// <param name="result">The method's result.</param>
    public static long? Megabytes(PSObject result) =>
        (Bare(result) as MethodResult)?.PeakMemory is long bytes ? (bytes + (1 << 20) - 1) >> 20 : null;

    /// <summary>The query's name as people may see it, where no view shows it.</summary>
    /// <param name="result">What has the name.</param>
    public static string? QueryImage(PSObject result) => Shown(result, "QueryName");

    /// <summary>The gallery image's name in the same way.</summary>
    /// <param name="result">What has the name.</param>
    public static string? GalleryImage(PSObject result) => Shown(result, "GalleryName");

    /// <summary>The name of an image in the same way.</summary>
    /// <param name="result">What has the name.</param>
    public static string? Image(PSObject result) => Shown(result, "Name");

    /// <summary>The path of a file in the same way.</summary>
    /// <param name="result">What was read from it.</param>
    public static string? File(PSObject result) => Shown(result, "Source");

    /// <summary>The directory of a cluster job in the same way.</summary>
    /// <param name="result">The job, or its status.</param>
    public static string? Folder(PSObject result) => Shown(result, "Path");

    /// <summary>What the stages of a planned job need, a line each.</summary>
    /// <param name="result">The job.</param>
    public static string? Plan(PSObject result) =>
        Bare(result) is ReRankClusterJob job ? ClusterText.Plan(job.Stages) : null;

    /// <summary>How far the stages of a job are, a line each.</summary>
    /// <param name="result">The job's status.</param>
    public static string? Progress(PSObject result) =>
        Bare(result) is ClusterJobStatus status ? ClusterText.Progress(status.Stages) : null;

    private static string? Shown(PSObject result, string property) => DisplayText.Of(result?.Properties[property]?.Value as string);

    private static double? MeanPrecision(PSObject result, int rank) =>
        (Bare(result) as RetrievalAccuracy)?.MeanPrecisions.FirstOrDefault(at => at.Rank == rank)?.Precision;

    private static RankingSettings? SettingsOf(PSObject result) => Bare(result) switch
    {
        Ranking ranking => ranking.Settings,
        RetrievalAccuracy accuracy => accuracy.Settings,
        RetrievalComparison comparison => comparison.After.Settings,
        ReRankIndex index => index.Settings,
        _ => null,
    };

    private static GnnReRankSettings? Gnn(PSObject result) => SettingsOf(result) as GnnReRankSettings;

    private static object? Bare(PSObject? result) => result?.BaseObject;
}
