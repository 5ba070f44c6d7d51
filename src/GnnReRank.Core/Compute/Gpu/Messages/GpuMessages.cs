using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Messages;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Scoring;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Messages;

/// <summary>
/// Messages on the device: all layers but the last as rows, of the last the queries' rows and every norm; and the
/// scores.
/// </summary>
internal sealed class GpuMessages : IDeviceScoring
{
    private readonly GpuDevice _device;
    private readonly int _count;
    private readonly int _queryCount;
    private readonly LayerRunner _runner;
    private readonly int _mostAtOnce;
    private readonly List<IDisposable> _held = [];
    private DeviceRows _state;
    private DeviceRows? _mirror;
    private LayerArguments _last;
    private MemoryBuffer1D<float, Stride1D.Dense>? _products;
    private MemoryBuffer1D<float, Stride1D.Dense>? _lanes;

    private GpuMessages(
        GpuDevice device, DeviceGraph graph, int queryCount, MessageRecipe recipe, LayerRunner runner, long mostProducts)
    {
        _device = device;
        _count = graph.Count;
        _queryCount = queryCount;
        _runner = runner;
        _mostAtOnce = MessageSizes.StepFor(_queryCount, _count, mostProducts);
        _state = DeviceMatrices.Adjacency(device, graph, recipe.StartNeighbors);
    }

    /// <summary>Steps that each compile a kernel of the stage.</summary>
    public static IReadOnlyList<Action> Preparations(GpuDevice device) =>
    [
        () => device.Prepare<AdjacencyArguments>(AdjacencyKernels.WriteAdjacency),
        () => device.Prepare<AdjacencyArguments>(AdjacencyKernels.WriteWeights),
        () => device.Prepare<TransposeArguments>(TransposeKernels.CountEntries),
        () => device.Prepare<TransposeArguments>(TransposeKernels.WriteOffsets),
        () => device.Prepare<TransposeArguments>(TransposeKernels.WriteEntries),
        () => device.Prepare<LayerArguments>(LayerKernels.SumRow),
        () => device.Prepare<LayerArguments>(LayerKernels.SumWideRows),
        () => device.Prepare<LayerArguments>(ScoreKernels.SortRow),
        () => device.Prepare<ScoreArguments>(StateProductKernels.MultiplyState),
        () => device.Prepare<ScoreArguments>(ScoreKernels.LayOut),
        () => device.Prepare<ScoreArguments>(ScoreKernels.SumEdges),
    ];

    /// <summary>Runs the stage.</summary>
    /// <param name="device">The device, whose gate the caller holds.</param>
    /// <param name="graph">The graph, which the caller keeps until the scores are made.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    /// <param name="recipe">What to compute.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The device has no room for the rows.</exception>
    public static GpuMessages Run(GpuDevice device, DeviceGraph graph, int queryCount, MessageRecipe recipe, ComputeOptions options) =>
        Run(
            device, graph, queryCount, recipe, options,
            new LayerRunner(
                device, LayerKernels.MostColumns, LayerKernels.MostWideColumns, MessageSizes.UnitsPerRow),
            MessageSizes.MostProducts);

    /// <summary>The same, with the limits that tests force.</summary>
    internal static GpuMessages Run(
        GpuDevice device, DeviceGraph graph, int queryCount, MessageRecipe recipe, ComputeOptions options,
        LayerRunner runner, long mostProducts)
    {
        GpuMessages messages = new(device, graph, queryCount, recipe, runner, mostProducts);
        try
        {
            messages.Propagate(graph, recipe, options);
            return messages;
        }
        catch
        {
            messages.Dispose();
            throw;
        }
    }

    /// <summary>Writes the products of the queries' rows with the gallery's; nothing waits for it.</summary>
    /// <param name="firstQuery">The first query.</param>
    /// <param name="count">The number of queries.</param>
    /// <param name="scores">Receives count x n_g scores.</param>
    public void Score(int firstQuery, int count, ArrayView<float> scores)
    {
        int galleryCount = _count - _queryCount;
        _products ??= _device.Allocate<float>((long)_mostAtOnce * _count);
        _lanes ??= _device.Allocate<float>((long)MessageSizes.Blocks(_mostAtOnce) * ScoreKernels.Lanes * _count);

        // Steps of one size: a small last one would leave the device half idle.
        int steps = (count + _mostAtOnce - 1) / _mostAtOnce;
        int step = Math.Min(_mostAtOnce, MessageSizes.Blocks((count + steps - 1) / steps) * ScoreKernels.Lanes);
        for (int done = 0; done < count; done += step)
        {
            int some = Math.Min(step, count - done);
            Score(new ScoreArguments
            {
                Layer = _last,
                Products = _products.View.BaseView,
                Lanes = _lanes.View.BaseView,
                Scores = scores.SubView((long)done * galleryCount, (long)some * galleryCount),
                FirstQuery = firstQuery + done,
                BlockCount = some,
                QueryCount = _queryCount,
                GalleryCount = galleryCount,
            });
        }
    }

    public void Dispose()
    {
        _state.Dispose();
        _mirror?.Dispose();
        _products?.Dispose();
        _lanes?.Dispose();
        _held.ForEach(held => held.Dispose());
    }

    private void Score(ScoreArguments arguments)
    {
        int blocks = MessageSizes.Blocks(arguments.BlockCount);
        int ranges = (_count + StateProductKernels.Range - 1) / StateProductKernels.Range;
        _device.Launch(
            StateProductKernels.MultiplyState, arguments.BlockCount, ranges, StateProductKernels.Threads, arguments);
        _device.Launch(ScoreKernels.LayOut, MessageSizes.Blocks(_count), blocks, ScoreKernels.Threads, arguments);
        int galleryBlocks = MessageSizes.Blocks(arguments.GalleryCount);
        _device.Launch(ScoreKernels.SumEdges, galleryBlocks, blocks, ScoreKernels.Threads, arguments);
    }

    private void Propagate(DeviceGraph graph, MessageRecipe recipe, ComputeOptions options)
    {
        int layerCount = recipe.LayerCount;
        StageReporter reporter = new(StageNames.Messages, Math.Max(1, layerCount), StageUnits.Layers, options);
        LayerArguments layer = Start(graph, recipe);
        for (int number = 1; number < layerCount; number++)
        {
            Advance(layer, $"Layer {number} of {layerCount}");
            layer.Scale = 1;
            layer.HasMirror = recipe.IsResidual ? 0 : 1;
            reporter.Advance(1);
        }

        _mirror ??= DeviceMatrices.Transpose(_device, _state, _count);
        Finish(layer, $"Layer {layerCount} of {layerCount}");
        reporter.Complete(FormattableString.Invariant($"{_count:N0} vertices, {layerCount} layers, {_device.Name}"));
    }

    /// <summary>
    /// The first layer, but for its rows: H0 is (A + A^T) / 2 for residual layers, and A for others, which add the
    /// mirror.
    /// </summary>
    private LayerArguments Start(DeviceGraph graph, MessageRecipe recipe)
    {
        MemoryBuffer1D<float, Stride1D.Dense> weights = DeviceMatrices.Weights(
            _device, graph, recipe.EdgeNeighbors, recipe.EdgeExponent, recipe.Aggregation == MessageAggregation.Mean);
        _held.Add(weights);
        MemoryBuffer1D<float, Stride1D.Dense> norms = _device.Allocate<float>(_count);
        _held.Add(norms);
        return new LayerArguments
        {
            Neighbors = graph.Indices,
            Weights = weights.View.BaseView,
            InverseNorms = norms.View.BaseView,
            Count = _count,
            NeighborCount = graph.NeighborCount,
            EdgeCount = recipe.LayerCount == 0 ? 0 : recipe.EdgeNeighbors,
            Scale = recipe.IsResidual ? 0.5f : 1,
            HasMirror = recipe.NormalizesLast ? 1 : 0,
            IsResidual = recipe.IsResidual || recipe.LayerCount == 0 ? 1 : 0,
            Normalizes = recipe.NormalizesLast ? 1 : 0,
            StoredCount = _count,
        };
    }

    /// <summary>Replaces the state by the rows of a layer.</summary>
    private void Advance(LayerArguments layer, string name)
    {
        DeviceRows next = new(_device, _count);
        try
        {
            if (layer.HasMirror != 0)
            {
                _mirror = DeviceMatrices.Transpose(_device, _state, _count);
            }

            _runner.Run(WithState(layer), next, name);
        }
        catch
        {
            next.Dispose();
            throw;
        }

        _mirror?.Dispose();
        _mirror = null;
        _state.Dispose();
        _state = next;
    }

    /// <summary>
    /// Makes the rows of the queries in the last layer, in the order of their columns, and all norms.
    /// </summary>
    private void Finish(LayerArguments layer, string name)
    {
        DeviceRows rows = new(_device, _count);
        _held.Add(rows);
        _last = WithState(layer);
        _last.StoredCount = _queryCount;
        _runner.Run(_last, rows, name);
        _last.Result = rows.View;
        _device.Launch(ScoreKernels.SortRow, _queryCount, ScoreKernels.Threads, _last);
    }

    private LayerArguments WithState(LayerArguments layer)
    {
        layer.State = _state.View;
        layer.Mirror = _mirror is null ? _state.View : _mirror.View;
        return layer;
    }
}
