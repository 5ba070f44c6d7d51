using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Walks;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Scoring;
using GnnReRank.Compute.Jobs;
using GnnReRank.Compute.Walks;
using GnnReRank.Running;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Walks;

/// <summary>
/// Walks on the device. The matrix has a few entries a row and is made on the processor, bit for bit the one that walks
/// there.
/// </summary>
internal sealed class GpuWalks : IDeviceScoring
{
    // Values of F before or after a step, of the blocks of queries that walk at once.
    private const long MostValues = 1 << 26;

    // Each query is a row of groups of a launch, which may have 65,535.
    private const int MostBlocks = ushort.MaxValue / WalkStepKernels.Lanes;

    private readonly GpuDevice _device;
    private readonly WalkPlan _plan;
    private readonly int _blocks;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _offsets;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _columns;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _values;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _gains;
    private readonly MemoryBuffer1D<float, Stride1D.Dense>[] _walks;

    private GpuWalks(GpuDevice device, WalkPlan plan)
    {
        _device = device;
        _plan = plan;
        _blocks = (int)Math.Min(
            BlocksFor(plan.Matrix.Count), (plan.QueryCount + WalkStepKernels.Lanes - 1L) / WalkStepKernels.Lanes);
        _offsets = Upload(plan.Matrix.Offsets);
        _columns = Upload(plan.Matrix.Columns);
        _values = Upload(plan.Matrix.Values);
        _gains = Upload(plan.Gains);
        long length = (long)_blocks * plan.Matrix.Count * WalkStepKernels.Lanes;
        _walks = [device.Allocate<float>(length), device.Allocate<float>(length)];
    }

    /// <summary>The bytes of matrix and walks.</summary>
    public static long BytesFor(long vertexCount, RestartWalkRecipe recipe)
    {
        long values = Math.Min(
            BlocksFor(vertexCount), (vertexCount / WalkStepKernels.Lanes) + 1) * vertexCount * WalkStepKernels.Lanes;
        long entries = 2 * vertexCount * recipe.Edges.MostEdges;
        return (entries * (sizeof(int) + sizeof(float))) + (2 * values * sizeof(float));
    }

    /// <summary>Steps that each compile a kernel of the stage.</summary>
    public static IReadOnlyList<Action> Preparations(GpuDevice device) =>
    [
        () => device.Prepare<WalkArguments>(WalkStepKernels.Begin),
        () => device.Prepare<WalkArguments>(WalkStepKernels.Step),
        () => device.Prepare<WalkArguments>(WalkStepKernels.WriteScores),
    ];

    /// <summary>Makes walks ready.</summary>
    /// <param name="device">The device, whose gate the caller holds.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    /// <param name="recipe">The walk.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The device has no room for it.</exception>
    public static GpuWalks Run(
        GpuDevice device, DeviceGraph graph, int queryCount, RestartWalkRecipe recipe, ComputeOptions options)
    {
        NeighborGraph lists = NeighborGraph.Adopt(
            graph.ToIndices(), graph.ToScores(), graph.Count, graph.NeighborCount, query: null, gallery: null,
            source: null);
        return new GpuWalks(
            device, WalkPlan.Of(new GraphLists(lists), recipe, queryCount, MemoryBudget.OfMachine(), options));
    }

    public void Score(int firstQuery, int count, ArrayView<float> scores)
    {
        int step = _blocks * WalkStepKernels.Lanes;
        for (int done = 0; done < count; done += step)
        {
            int some = Math.Min(step, count - done);
            long first = (long)done * _plan.GalleryCount;
            WriteScores(firstQuery + done, some, scores.SubView(first, (long)some * _plan.GalleryCount));
        }
    }

    public void Dispose()
    {
        _offsets.Dispose();
        _columns.Dispose();
        _values.Dispose();
        _gains.Dispose();
        foreach (MemoryBuffer1D<float, Stride1D.Dense> walks in _walks)
        {
            walks.Dispose();
        }
    }

    private static long BlocksFor(long vertexCount) =>
        Math.Clamp(MostValues / (vertexCount * WalkStepKernels.Lanes), 1, MostBlocks);

    private static int Groups(int count, int size) => (count + size - 1) / size;

    private void WriteScores(int firstQuery, int count, ArrayView<float> scores)
    {
        WalkArguments arguments = new()
        {
            Offsets = _offsets.View.BaseView, Columns = _columns.View.BaseView, Values = _values.View.BaseView,
            Before = _walks[0].View.BaseView, After = _walks[1].View.BaseView, Gains = _gains.View.BaseView,
            Scores = scores,
            Count = _plan.Matrix.Count, QueryCount = _plan.QueryCount, GalleryCount = _plan.GalleryCount,
            FirstQuery = firstQuery, Walking = count, Restart = _plan.Restart, Density = _plan.Density,
            AddsToCosines = _plan.AddsToCosines ? 1 : 0,
        };
        _walks[0].MemSetToZero();
        _device.Launch(
            WalkStepKernels.Begin, Groups(count, WalkStepKernels.Threads), WalkStepKernels.Threads, arguments);
        for (int step = 0; step < _plan.Steps; step++)
        {
            _device.Launch(
                WalkStepKernels.Step, Groups(_plan.Matrix.Count, WalkStepKernels.Rows),
                Groups(count, WalkStepKernels.Lanes), WalkStepKernels.Threads, arguments);
            (arguments.Before, arguments.After) = (arguments.After, arguments.Before);
        }

        _device.Launch(
            WalkStepKernels.WriteScores, Groups(_plan.GalleryCount, WalkStepKernels.Threads), count,
            WalkStepKernels.Threads, arguments);
    }

    private MemoryBuffer1D<T, Stride1D.Dense> Upload<T>(T[] values)
        where T : unmanaged
    {
        MemoryBuffer1D<T, Stride1D.Dense> buffer = _device.Allocate<T>(values.Length);
        ReadOnlySpan<T> source = values;
        if (source.Length > 0)
        {
            buffer.View.BaseView.CopyFromCPU(in source);
        }

        return buffer;
    }
}
