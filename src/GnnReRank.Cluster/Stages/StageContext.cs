using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Storage;

namespace GnnReRank.Cluster.Stages;

/// <summary>What the items that one process runs share: the plan, and the files of the job, each opened once.</summary>
internal sealed class StageContext : IDisposable
{
    /// <summary>The array of the import stage's part with the inverse norms of a shard's rows.</summary>
    public const string Norms = "norms";

    /// <summary>Its array with the checksum of their values: one number.</summary>
    public const string Features = "features";

    /// <summary>The name of the stage that makes the shards.</summary>
    public const string ImportName = "import";

    private readonly Dictionary<string, PartFile> _parts = [];
    private readonly Dictionary<int, FeatureMatrix> _shards = [];
    private readonly HashSet<int> _verified = [];

    public StageContext(JobPlan plan, JobDirectory directory, ComputeOptions options)
    {
        (Plan, Directory, Options) = (plan, directory, options);
        Shards = ShardMap.Of(plan);
        Settings = plan.ReadSettings();
    }

    public JobPlan Plan { get; }

    public JobDirectory Directory { get; }

    public ComputeOptions Options { get; }

    public ShardMap Shards { get; }

    public MethodSettings Settings { get; }

    public CpuKernels Kernels => CpuKernels.ForThisProcessor;

    /// <summary>The part file that an item of an earlier stage left.</summary>
    public PartFile Part(string stage, int item)
    {
        string path = Directory.Part(stage, item);
        if (!_parts.TryGetValue(path, out PartFile? part))
        {
            part = PartFile.Open(path, Plan.Id);
            _parts.Add(path, part);
        }

        return part;
    }

    /// <summary>A new part file of an item.</summary>
    /// <exception cref="GnnReRankException">The job's directory has been removed.</exception>
    public PartFileWriter Create(string stage, int item)
    {
        RequireFolder();
        return new PartFileWriter(Directory.Part(stage, item), Plan.Id);
    }

    /// <summary>Fails where somebody has removed the job, whose directory an item would make again.</summary>
    /// <exception cref="GnnReRankException">The job's directory is gone.</exception>
    public void RequireFolder()
    {
        if (!System.IO.Directory.Exists(Directory.Path))
        {
            throw PartErrors.JobGone(Directory.Path);
        }
    }

    /// <summary>Verifies the values of a shard, which are as many as the job's features: for stages that read them all.</summary>
    /// <exception cref="GnnReRankException">They are not those that were imported.</exception>
    public unsafe void VerifyShard(int shard)
    {
        if (!_verified.Add(shard))
        {
            return;
        }

        FeatureStorage storage = Shard(shard).Storage;
        using PinnedRows rows = storage.Pin();
        if (Checksums.Of(rows.Bytes, storage.ByteCount) != *Part(ImportName, shard).Pointer<ulong>(Features, 1))
        {
            throw PartErrors.Broken(Directory.Shard(shard), "its values have changed");
        }
    }

    /// <summary>The rows of a shard, mapped.</summary>
    public unsafe FeatureMatrix Shard(int shard)
    {
        if (!_shards.TryGetValue(shard, out FeatureMatrix? matrix))
        {
            string path = Directory.Shard(shard);
            int rowCount = Shards.SizeOf(shard);
            float[] norms = new ReadOnlySpan<float>(
                Part(ImportName, shard).Pointer<float>(Norms, rowCount), rowCount).ToArray();
            matrix = FeatureMatrix.Adopt(
                ShardFile.Map(path, rowCount, Plan.Dimension), labels: null, cameras: null, names: null,
                shard < Shards.QueryShards ? FeatureRole.Query : FeatureRole.Gallery, path, norms);
            _shards.Add(shard, matrix);
        }

        return matrix;
    }

    /// <summary>The rows of shards [first, end).</summary>
    public VertexRows Rows(int first, int end)
    {
        int queries = 0;
        for (int shard = first; shard < Math.Min(end, Shards.QueryShards); shard++)
        {
            queries += Shards.SizeOf(shard);
        }

        return new VertexRows([.. Enumerable.Range(first, end - first).Select(Shard)], queries);
    }

    /// <summary>All rows: queries first, then the gallery.</summary>
    public VertexRows AllRows() => Rows(0, Shards.Count);

    public void Dispose()
    {
        foreach (PartFile part in _parts.Values)
        {
            part.Dispose();
        }
    }
}
