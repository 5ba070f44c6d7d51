using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Walks;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Scoring;
using GnnReRank.Compute.Jobs;
using GnnReRank.Compute.Walks;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Walks;

/// <summary>Walks on the device, over the matrix that <see cref="DeviceTransitions"/> makes.</summary>
internal sealed class GpuWalks : IDeviceScoring
{
    // Values of F before or after a step, of the blocks of queries that walk at once.
    private const long MostValues = 1 << 26;

    // Where scores are written, so many queries are a row of groups of a launch, which may have 65,535.
    private const int MostBlocks = ushort.MaxValue / (WalkStepKernels.Lanes / WalkStepKernels.TileSide);

    private readonly GpuDevice _device;
    private readonly WalkTerms _terms;
    private readonly DeviceTransitions _matrix;
    private readonly int _blocks;
    private readonly Rents _rents;
    private readonly MemoryBuffer1D<float, Stride1D.Dense>[] _walks;

    private GpuWalks(GpuDevice device, WalkTerms terms, DeviceTransitions matrix)
    {
        _device = device;
        _terms = terms;
        _matrix = matrix;
        _blocks = (int)Math.Min(
            BlocksFor(terms.VertexCount), (terms.QueryCount + WalkStepKernels.Lanes - 1L) / WalkStepKernels.Lanes);
        long length = (long)_blocks * terms.VertexCount * WalkStepKernels.Lanes;
        _rents = new Rents(device);
        _walks = [_rents.Allocate<float>(length), _rents.Allocate<float>(length)];
    }

    /// <summary>The bytes of matrix and walks.</summary>
    public static long BytesFor(long vertexCount, RestartWalkRecipe recipe)
    {
        long values = Math.Min(
            BlocksFor(vertexCount), (vertexCount / WalkStepKernels.Lanes) + 1) * vertexCount * WalkStepKernels.Lanes;
        return DeviceTransitions.BytesFor(vertexCount, recipe.Edges.MostEdges) + (2 * values * sizeof(float));
    }

    /// <summary>Steps that each compile a kernel of the stage.</summary>
    public static IReadOnlyList<Action> Preparations(GpuDevice device) =>
    [
        .. DeviceTransitions.Preparations(device),
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
        WalkTerms terms = new(recipe, graph.Count, queryCount, scales: []);
        DeviceTransitions matrix = DeviceTransitions.Of(device, graph, queryCount, recipe, options);
        try
        {
            return new GpuWalks(device, terms, matrix);
        }
        catch
        {
            matrix.Dispose();
            throw;
        }
    }

    public void Score(int firstQuery, int count, ArrayView<float> scores)
    {
        int step = _blocks * WalkStepKernels.Lanes;
        for (int done = 0; done < count; done += step)
        {
            int some = Math.Min(step, count - done);
            long first = (long)done * _terms.GalleryCount;
            WriteScores(firstQuery + done, some, scores.SubView(first, (long)some * _terms.GalleryCount));
        }
    }

    public void Dispose()
    {
        _matrix.Dispose();
        _rents.Dispose();
    }

    private static long BlocksFor(long vertexCount) =>
        Math.Clamp(MostValues / (vertexCount * WalkStepKernels.Lanes), 1, MostBlocks);

    private static int Groups(int count, int size) => (count + size - 1) / size;

    private void WriteScores(int firstQuery, int count, ArrayView<float> scores)
    {
        WalkArguments arguments = _matrix.ToArguments() with
        {
            Before = _walks[0].View.BaseView, After = _walks[1].View.BaseView, Scores = scores,
            Count = _terms.VertexCount, QueryCount = _terms.QueryCount, GalleryCount = _terms.GalleryCount,
            FirstQuery = firstQuery, Walking = count, Restart = _terms.Restart, Density = _terms.Density,
            AddsToCosines = _terms.AddsToCosines ? 1 : 0,
        };
        _walks[0].MemSetToZero();
        _device.Launch(
            WalkStepKernels.Begin, Groups(count, WalkStepKernels.Threads), WalkStepKernels.Threads, arguments);
        for (int step = 0; step < _terms.Steps; step++)
        {
            _device.Launch(
                WalkStepKernels.Step, Groups(_terms.VertexCount, WalkStepKernels.Rows),
                Groups(count, WalkStepKernels.Lanes), WalkStepKernels.Threads, arguments);
            (arguments.Before, arguments.After) = (arguments.After, arguments.Before);
        }

        _device.Launch(
            WalkStepKernels.WriteScores, Groups(_terms.GalleryCount, WalkStepKernels.TileSide),
            Groups(count, WalkStepKernels.TileSide), WalkStepKernels.Threads, arguments);
    }
}
