using System.Globalization;

namespace GnnReRank;

/// <summary>
/// A re-ranking job that is cut in items, on a directory that all its machines see. What it knows lies in that
/// directory: any process may open it, and ask how far it is.
/// </summary>
public sealed class ReRankClusterJob
{
    /// <summary>The job's directory.</summary>
    public string Path => throw new NotImplementedException();

    /// <summary>Tells this job from others.</summary>
    public string Id => throw new NotImplementedException();

    /// <summary>The method and its parameters, for people.</summary>
    public string Method => throw new NotImplementedException();

    /// <summary>Queries.</summary>
    public int QueryCount => throw new NotImplementedException();

    /// <summary>Gallery rows.</summary>
    public int GalleryCount => throw new NotImplementedException();

    /// <summary>Values a row.</summary>
    public int Dimension => throw new NotImplementedException();

    /// <summary>Gallery rows kept a query.</summary>
    public int Top => throw new NotImplementedException();

    /// <summary>Shards of features.</summary>
    public int ShardCount => throw new NotImplementedException();

    /// <summary>Bytes that the job writes to its directory, estimated.</summary>
    public long ScratchBytes => throw new NotImplementedException();

    /// <summary>The stages in their order, with what they need: the plan, whatever is done of it.</summary>
    public IReadOnlyList<ClusterStageStatus> Stages => throw new NotImplementedException();

    /// <summary>What is worth knowing before it runs: caps, memory that does not fit.</summary>
    public IReadOnlyList<string> Notes => throw new NotImplementedException();

    /// <summary>Plans a job: reads the shapes of its files, checks all, and writes the plan. Nothing runs.</summary>
    /// <param name="path">Its directory, which is made; it may exist if it is empty.</param>
    /// <param name="options">What it computes.</param>
    /// <exception cref="GnnReRankException">Something does not fit, or the directory has files in it.</exception>
    public static ReRankClusterJob Create(string path, ClusterJobOptions options) => throw new NotImplementedException();

    /// <summary>Opens a job that was planned.</summary>
    /// <param name="path">Its directory.</param>
    /// <exception cref="GnnReRankException">There is no plan, or one of another version.</exception>
    public static ReRankClusterJob Open(string path) => throw new NotImplementedException();

    /// <summary>The scripts that starting it would submit, by their names: nothing is written.</summary>
    /// <param name="options">Where it would run.</param>
    public IReadOnlyDictionary<string, string> GetScripts(ClusterStartOptions options) => throw new NotImplementedException();

    /// <summary>Starts it; the call does not wait for it. A job whose tasks run is refused.</summary>
    /// <param name="options">Where it runs.</param>
    /// <exception cref="GnnReRankException">It runs already, is done, or the engine is not there or refuses.</exception>
    public void Start(ClusterStartOptions options) => throw new NotImplementedException();

    /// <summary>Goes on with a job that failed or was stopped: what is done is not done again.</summary>
    /// <param name="options">Where it runs; null takes what it was started with.</param>
    /// <exception cref="GnnReRankException">It runs, was never started, or the engine is not there or refuses.</exception>
    public void Resume(ClusterStartOptions? options = null) => throw new NotImplementedException();

    /// <summary>Cancels its tasks; what is done stays.</summary>
    /// <exception cref="GnnReRankException">The engine is not there.</exception>
    public void Stop() => throw new NotImplementedException();

    /// <summary>How far it is.</summary>
    public ClusterJobStatus GetStatus() => throw new NotImplementedException();

    /// <summary>Waits until it is done, or failed; nothing is cancelled where waiting is.</summary>
    /// <param name="options">Cancellation, and where progress goes.</param>
    /// <returns>The last status.</returns>
    public ClusterJobStatus Wait(ComputeOptions? options = null) => throw new NotImplementedException();

    /// <summary>The ranking of a job that is done.</summary>
    /// <param name="query">The queries, with what is known of them; null takes the job's own copies, without labels.</param>
    /// <param name="gallery">The gallery, likewise.</param>
    /// <exception cref="GnnReRankException">The job is not done, or the matrices are not its own.</exception>
    public Ranking Receive(FeatureMatrix? query = null, FeatureMatrix? gallery = null) => throw new NotImplementedException();

    /// <summary>Writes the ranking as Parquet files, one an item of the last stage, without holding it whole.</summary>
    /// <param name="folder">A folder, which is made; it may exist if it is empty.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="GnnReRankException">The job is not done, or the folder has files in it.</exception>
    public IReadOnlyList<string> Export(string folder) => throw new NotImplementedException();

    /// <summary>A line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Method}, {QueryCount:N0} queries and {GalleryCount:N0} gallery rows x {Dimension:N0}, in '{DisplayText.Of(Path)}'");
}
