using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Rows;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Ordering;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Running;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>Rows of the graph from whole rows of S, some at a time: where more neighbours are wanted than lists hold, or a row was given up.</summary>
/// <remarks>
/// All ways to a score of the graph, these products, the float32 tiles and the candidates scored again, make it by the same
/// chain over the columns, in the same bits: so the graph does not tell which of them made a row.
/// </remarks>
/// <param name="device">The device.</param>
/// <param name="features">The rows.</param>
/// <param name="graph">Receives the neighbours.</param>
internal sealed class RankedRows(GpuDevice device, DeviceFeatures features, DeviceGraph graph)
{
    private const int Threads = 128;

    // Values of S that are held at once.
    private const long MostProducts = 1 << 26;

    /// <summary>The bytes on the device that all rows take, beside those of the features and of the graph.</summary>
    public static long BytesFor(long count, int dimension, int neighborCount)
    {
        int capacity = CapacityFor(count, count);
        long row = ((long)DeviceFeatures.StrideOf(dimension) * sizeof(float)) + (count * sizeof(float))
            + sizeof(float) + sizeof(int);
        return (capacity * row) + GpuRanker.BytesFor(capacity, (int)count, neighborCount);
    }

    /// <summary>Writes all rows.</summary>
    public void WriteAll(StageReporter reporter, ComputeOptions options) =>
        Write([.. Enumerable.Range(0, features.Count)], reporter, options);

    /// <summary>Writes some rows.</summary>
    /// <param name="vertices">Which.</param>
    /// <param name="reporter">Told of the tiles made, where the rows are all; null otherwise.</param>
    /// <param name="options">How the call runs.</param>
    public void Write(int[] vertices, StageReporter? reporter, ComputeOptions options)
    {
        int capacity = CapacityFor(features.Count, vertices.Length);
        using GpuRanker ranker = new(device, capacity, features.Count, graph.NeighborCount);
        using MemoryBuffer1D<float, Stride1D.Dense> rows = device.AllocateZeros<float>((long)capacity * features.Stride);
        using MemoryBuffer1D<float, Stride1D.Dense> products = device.Allocate<float>((long)capacity * features.Count);
        using MemoryBuffer1D<float, Stride1D.Dense> selfScores = device.Allocate<float>(capacity);
        using MemoryBuffer1D<int, Stride1D.Dense> chosen = device.Allocate<int>(capacity);
        for (int first = 0; first < vertices.Length; first += capacity)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(capacity, vertices.Length - first);
            ReadOnlySpan<int> some = vertices.AsSpan(first, count);
            chosen.View.BaseView.SubView(0, count).CopyFromCPU(in some);
            device.Launch(RowKernels.Gather, count, Threads, new GatherArguments
            {
                Rows = features.Rows, Vertices = chosen.View.BaseView, Target = rows.View.BaseView, Stride = features.Stride,
            });
            GpuProduct.Of(device, rows.View.BaseView, features.Rows, products.View.BaseView, count, features.Count, features.Stride);
            ranker.Rank(default, products.View.BaseView, 0f, 1f, count);
            RankedArguments arguments = new()
            {
                Products = products.View.BaseView,
                RankedIndices = ranker.Indices,
                RankedScores = ranker.Scores,
                Indices = graph.Indices,
                Scores = graph.Scores,
                Vertices = chosen.View.BaseView,
                SelfScores = selfScores.View.BaseView,
                RowCount = count,
                ProductCount = features.Count,
                NeighborCount = graph.NeighborCount,
            };
            int groups = (count + Threads - 1) / Threads;
            device.Launch(RowKernels.TakeSelf, groups, Threads, arguments);
            device.Launch(RowKernels.WriteRanked, groups, Threads, arguments);
            reporter?.Advance((long)count * features.BlockCount / (2 * TileProduct.Size));
        }

        device.Synchronize();
    }

    /// <summary>Rows of S that are held at once: whole tiles.</summary>
    private static int CapacityFor(long count, long wanted)
    {
        long tiles = Math.Clamp(MostProducts / count / TileProduct.Size, 1, ushort.MaxValue / TileProduct.Size);
        return (int)Math.Min(tiles, (wanted + TileProduct.Size - 1) / TileProduct.Size) * TileProduct.Size;
    }
}
