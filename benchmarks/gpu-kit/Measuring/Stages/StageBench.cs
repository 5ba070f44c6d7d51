using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Ordering;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Scoring;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Diffusion;
using GnnReRank.ReRanking.Gnn;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>The stages of a job, each ready to run alone on what the stages before it left on the device.</summary>
internal sealed class StageBench : IDisposable
{
    private static readonly ComputeOptions s_quiet = new();

    private readonly GpuDevice _device;
    private readonly JobFeatures _job;
    private readonly bool _usesTensorCores;
    private readonly bool _splitsRows;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _cosines;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _products;
    private DeviceFeatures? _features;
    private DeviceGraph? _graph;
    private DeviceGraph? _walkGraph;
    private IDeviceScoring? _scoring;
    private ScoringRecipe _recipe;

    public StageBench(GpuDevice device, JobFeatures job)
    {
        _device = device;
        _job = job;
        _recipe = RecipeOf(GnnVariant.Paper);
        _usesTensorCores = TensorCheck.Passes(device, s_quiet);
        _splitsRows = SplitCheck.Passes(device, s_quiet);
        int block = Math.Max(job.Shape.BlockQueries(job.Shape.Depth), job.Shape.BlockQueries(job.Shape.ShortDepth));
        long length = (long)block * job.Shape.Job.Gallery;
        _cosines = device.Allocate<float>(length);
        _products = device.Allocate<float>(length);
    }

    public DeviceFeatures Features => _features ?? throw new InvalidOperationException("The rows are not up yet.");

    public DeviceGraph Graph => _graph ?? throw new InvalidOperationException("There is no graph yet.");

    public bool UsesTensorCores => _usesTensorCores;

    /// <summary>The stages by their names on the command line, in order: each needs those before it.</summary>
    public IReadOnlyDictionary<string, Action> Stages => new Dictionary<string, Action>
    {
        ["upload"] = Upload,
        ["search"] = () => Search(ComputePrecision.Exact),
        ["messages"] = () => Prepare(RecipeOf(GnnVariant.Paper)),
        ["scores"] = Score,
        ["cosines"] = WriteCosines,
        ["order"] = () => Order(_job.Shape.Job.Gallery),
    };

    public MessageRecipe RecipeOf(GnnVariant variant) => GnnRecipe.Of(new GnnReRankSettings
    {
        K1 = _job.Shape.K1, K2 = _job.Shape.K2, Variant = variant,
    });

    public void Upload()
    {
        _features?.Dispose();
        _features = null;
        _features = DeviceFeatures.Upload(_device, _job.Query, _job.Gallery, s_quiet);
    }

    public void Search(ComputePrecision precision)
    {
        _graph?.Dispose();
        _graph = null;
        _graph = Found(_job.Shape.K1, precision);
    }

    /// <summary>Makes a recipe ready: of messages that is all but the scores.</summary>
    public void Prepare(ScoringRecipe recipe) => Prepare(recipe, Graph);

    /// <summary>Makes walks ready, on a graph of their own: they ask for other neighbours than messages do.</summary>
    public void PrepareWalks()
    {
        ScoringRecipe recipe = DiffusionRecipe.Of(new DiffusionSettings());
        _walkGraph ??= Found(recipe.NeighborCount, ComputePrecision.Exact);
        Prepare(recipe, _walkGraph);
    }

    public void Score() => EachBlock(_job.Shape.Depth, (first, count) => _scoring!.Score(first, count, _products.View.BaseView));

    /// <summary>Makes the cosines as a ranking does: on tensor cores, of rows that are split first, where they may.</summary>
    public void WriteCosines()
    {
        using SplitFeatures? split = _splitsRows ? new SplitFeatures(_device, Features) : null;
        IFeatureRows rows = split is null ? Features : split;
        EachBlock(
            _job.Shape.Depth,
            (first, count) => rows.WriteCosines(_device, first, count, _cosines.View.BaseView));
    }

    /// <summary>Orders scores; of several blocks the last one's, again and again.</summary>
    public void Order(int depth)
    {
        using GpuRanker ranker = NewRanker(depth);
        EachBlock(depth, (_, count) => Rank(ranker, count));
    }

    /// <summary>What orders all lists, and what copies them to the host, with room made once for both.</summary>
    public (Action Order, Action Copy, IDisposable Held) Lists(int depth)
    {
        GpuRanker ranker = NewRanker(depth);
        RowBlocks<int> indices = new(_job.Query.RowCount, depth);
        RowBlocks<float> scores = new(_job.Query.RowCount, depth);
        int threads = s_quiet.ThreadCount;
        return (
            () => EachBlock(depth, (_, count) => Rank(ranker, count)),
            () => EachBlock(depth, (first, count) => ranker.CopyTo(indices, scores, first, count, threads)),
            ranker);
    }

    public void Dispose()
    {
        _scoring?.Dispose();
        _graph?.Dispose();
        _walkGraph?.Dispose();
        _features?.Dispose();
        _cosines.Dispose();
        _products.Dispose();
    }

    private void Prepare(ScoringRecipe recipe, DeviceGraph graph)
    {
        _scoring?.Dispose();
        _scoring = null;
        _recipe = recipe;
        _scoring = GpuScorings.Prepare(recipe, _device, graph, _job.Query.RowCount, s_quiet);
    }

    private DeviceGraph Found(int neighborCount, ComputePrecision precision) => GpuNeighborStage.Run(
        _device, Features, neighborCount, _usesTensorCores, new ComputeOptions { Precision = precision });

    private GpuRanker NewRanker(int depth) => new(_device, _job.Shape.BlockQueries(depth), _job.Gallery.RowCount, depth);

    private void Rank(GpuRanker ranker, int count) => ranker.Rank(
        _products.View.BaseView, _cosines.View.BaseView, _recipe.ScoreWeight, _recipe.CosineWeight, count);

    /// <summary>Works on the blocks of queries that the engine makes for lists of a depth.</summary>
    private void EachBlock(int depth, Action<int, int> work)
    {
        int block = _job.Shape.BlockQueries(depth);
        for (int first = 0; first < _job.Query.RowCount; first += block)
        {
            work(first, Math.Min(block, _job.Query.RowCount - first));
        }
    }
}
