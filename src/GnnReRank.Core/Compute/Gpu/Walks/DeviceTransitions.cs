using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Walks;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Jobs;
using GnnReRank.Compute.Walks;
using GnnReRank.Running;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Walks;

/// <summary>The matrix of a walk on the device, and the queries' gains.</summary>
internal sealed class DeviceTransitions : IDisposable
{
    // Of an entry: a column, its weight in float64 and its value; of an edge: an end and a weight.
    private const int EntryBytes = sizeof(int) + sizeof(double) + sizeof(float);
    private const int EdgeBytes = sizeof(int) + sizeof(double);

    private readonly Rents _rents;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _offsets;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _lengths;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _columns;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _values;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _gains;

    /// <summary>Room for a matrix.</summary>
    private DeviceTransitions(GpuDevice device, int count, int queryCount, long entries)
    {
        _rents = new Rents(device);
        _offsets = _rents.Allocate<int>(count);
        _lengths = _rents.AllocateZeros<int>(count);
        _columns = _rents.Allocate<int>(entries);
        _values = _rents.Allocate<float>(entries);
        _gains = _rents.Allocate<float>(queryCount);
    }

    /// <summary>The same, copied from the processor's.</summary>
    private DeviceTransitions(GpuDevice device, WalkPlan plan)
        : this(device, plan.Matrix.Count, plan.QueryCount, plan.Matrix.Columns.Length)
    {
        int[] offsets = plan.Matrix.Offsets;
        _rents.Do(() =>
        {
            Copy(offsets[..^1], _offsets);
            Copy([.. offsets.Skip(1).Zip(offsets, (end, start) => end - start)], _lengths);
            Copy(plan.Matrix.Columns, _columns);
            Copy(plan.Matrix.Values, _values);
            Copy(plan.Gains, _gains);
        });
    }

    /// <summary>The most bytes of it, while it is made.</summary>
    public static long BytesFor(long vertexCount, int mostEdges) =>
        vertexCount * mostEdges * (EdgeBytes + (2 * EntryBytes));

    /// <summary>Steps that each compile a kernel.</summary>
    public static IReadOnlyList<Action> Preparations(GpuDevice device) => !device.HasDoubles ? [] :
    [
        () => device.Prepare<TransitionArguments>(TransitionKernels.TakeEdges),
        () => device.Prepare<TransitionArguments>(TransitionKernels.PlaceRows),
        () => device.Prepare<TransitionArguments>(TransitionKernels.AddEdges),
        () => device.Prepare<TransitionArguments>(TransitionKernels.UniteRow),
        () => device.Prepare<TransitionArguments>(TransitionKernels.Normalize),
    ];

    /// <summary>
    /// Makes the matrix: on the device, or on the processor where the device has no float64, or where a row has more
    /// edges than a group's memory holds.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    /// <param name="recipe">The walk.</param>
    /// <param name="options">How the call runs.</param>
    public static DeviceTransitions Of(
        GpuDevice device, DeviceGraph graph, int queryCount, RestartWalkRecipe recipe, ComputeOptions options)
    {
        if (device.HasDoubles && 2L * graph.Count * recipe.Edges.MostEdges <= int.MaxValue
            && TryMake(device, graph, queryCount, recipe, options) is DeviceTransitions made)
        {
            return made;
        }

        NeighborGraph lists = NeighborGraph.Adopt(
            graph.ToIndices(), graph.ToScores(), graph.Count, graph.NeighborCount, query: null, gallery: null,
            source: null);
        return new DeviceTransitions(
            device, WalkPlan.Of(new GraphLists(lists), recipe, queryCount, MemoryBudget.OfMachine(), options));
    }

    /// <summary>Arguments of a walk with the matrix alone.</summary>
    public WalkArguments ToArguments() => new()
    {
        Offsets = _offsets.View.BaseView, Lengths = _lengths.View.BaseView, Columns = _columns.View.BaseView,
        Values = _values.View.BaseView, Gains = _gains.View.BaseView,
    };

    public void Dispose() => _rents.Dispose();

    private static DeviceTransitions? TryMake(
        GpuDevice device, DeviceGraph graph, int queryCount, RestartWalkRecipe recipe, ComputeOptions options)
    {
        (int count, int edgeCount) = (graph.Count, recipe.Edges.MostEdges);
        long slots = (long)count * edgeCount;
        StageReporter reporter = new(StageNames.Edges, count, StageUnits.Rows, options);
        DeviceTransitions made = new(device, count, queryCount, 2 * slots);
        try
        {
            using MemoryBuffer1D<int, Stride1D.Dense> targets = device.Allocate<int>(slots);
            using MemoryBuffer1D<double, Stride1D.Dense> edgeWeights = device.Allocate<double>(slots);
            using MemoryBuffer1D<double, Stride1D.Dense> weights = device.Allocate<double>(2 * slots);
            using MemoryBuffer1D<double, Stride1D.Dense> roots = device.Allocate<double>(count);
            using MemoryBuffer1D<int, Stride1D.Dense> filled = device.AllocateZeros<int>(count);
            using MemoryBuffer1D<int, Stride1D.Dense> totals = device.AllocateZeros<int>(2);
            TransitionArguments arguments = made.Arguments(graph, queryCount, recipe) with
            {
                Targets = targets.View.BaseView, EdgeWeights = edgeWeights.View.BaseView,
                Weights = weights.View.BaseView, Roots = roots.View.BaseView, Filled = filled.View.BaseView,
                Totals = totals.View.BaseView,
            };
            int groups = Groups(count, TransitionKernels.Threads);
            device.Launch(TransitionKernels.TakeEdges, groups, TransitionKernels.Threads, arguments);
            device.Launch(TransitionKernels.PlaceRows, groups, TransitionKernels.Threads, arguments);
            device.Launch(TransitionKernels.AddEdges, groups, TransitionKernels.Threads, arguments);
            if (totals.GetAsArray1D()[1] > TransitionKernels.MostEntries)
            {
                made.Dispose();
                return null;
            }

            device.Launch(TransitionKernels.UniteRow, count, TransitionKernels.RowThreads, arguments);
            device.Launch(
                TransitionKernels.Normalize, Groups(count, TransitionKernels.Threads / TransitionKernels.RowThreads),
                TransitionKernels.Threads, arguments);
            long united = made._lengths.GetAsArray1D().Sum(length => (long)length);
            reporter.Complete(FormattableString.Invariant(
                $"{count:N0} vertices, {(double)united / count:0.0} edges each, {device.Name}"));
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static int Groups(int count, int size) => (count + size - 1) / size;

    private static void Copy<T>(T[] values, MemoryBuffer1D<T, Stride1D.Dense> target)
        where T : unmanaged
    {
        ReadOnlySpan<T> source = values;
        if (source.Length > 0)
        {
            target.View.BaseView.CopyFromCPU(in source);
        }
    }

    private TransitionArguments Arguments(DeviceGraph graph, int queryCount, RestartWalkRecipe recipe) => new()
    {
        Neighbors = graph.Indices, Scores = graph.Scores, Lengths = _lengths.View.BaseView,
        Offsets = _offsets.View.BaseView, Columns = _columns.View.BaseView, Values = _values.View.BaseView,
        Gains = _gains.View.BaseView,
        Count = graph.Count, NeighborCount = graph.NeighborCount, QueryCount = queryCount,
        EdgeCount = recipe.Edges.MostEdges, ScalePlace = recipe.Edges.ScalePlace, Width = recipe.Edges.Width,
        Share = 1 - recipe.Restart, GainShare = WalkTerms.GainShareOf(recipe),
    };
}
