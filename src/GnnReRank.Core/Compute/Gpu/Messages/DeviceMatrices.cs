using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Messages;
using GnnReRank.Compute.Gpu.Rows;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Messages;

/// <summary>Makes the matrices of phase 2 from a graph, and transposes them.</summary>
internal static class DeviceMatrices
{
    public const int Threads = TransposeKernels.Threads;

    /// <summary>Groups that give each of so many rows a thread.</summary>
    public static int GroupsFor(int count) => (count + Threads - 1) / Threads;

    /// <summary>A.</summary>
    public static DeviceRows Adjacency(GpuDevice device, DeviceGraph graph, int k1)
    {
        Rents rents = new(device);
        DeviceRows rows = rents.Add(() => new DeviceRows(device, graph.Count));
        rents.Do(() =>
        {
            rows.Reserve(device, checked(graph.Count * SparseView.UnitsOf(k1)));
            rows.UsedUnits = rows.UnitCapacity;
            device.Launch(
                AdjacencyKernels.WriteAdjacency, GroupsFor(graph.Count), Threads,
                Arguments(graph) with { Rows = rows.View, K1 = k1 });
        });
        return rows;
    }

    /// <summary>E: k2 weights a row, 0 for none.</summary>
    public static MemoryBuffer1D<float, Stride1D.Dense> Weights(
        GpuDevice device, DeviceGraph graph, int k2, double alpha, bool isMean)
    {
        Rents rents = new(device);
        MemoryBuffer1D<float, Stride1D.Dense> weights = rents.Allocate<float>((long)graph.Count * k2);
        AdjacencyArguments arguments = Arguments(graph) with
        {
            Weights = weights.View.BaseView, K2 = k2, Exponent = (int)alpha, IsMean = isMean ? 1 : 0,
        };
        rents.Do(() =>
        {
            if (alpha is 0 or 1 or 2)
            {
                device.Launch(AdjacencyKernels.WriteWeights, GroupsFor(graph.Count), Threads, arguments);
                return;
            }

            // Kernels have no power function; these are few.
            ReadOnlySpan<float> values = Powers(graph, k2, alpha, isMean);
            weights.View.BaseView.CopyFromCPU(in values);
        });
        return weights;
    }

    private static float[] Powers(DeviceGraph graph, int k2, double alpha, bool isMean)
    {
        int[] neighbors = graph.ToIndices();
        float[] scores = graph.ToScores();
        float[] powers = new float[(long)graph.Count * k2];
        for (int at = 0; at < powers.Length; at++)
        {
            int source = (at / k2 * graph.NeighborCount) + (at % k2);
            int listed = isMean ? k2 - neighbors.AsSpan(at / k2 * graph.NeighborCount, k2).Count(-1) : 1;
            powers[at] =
                neighbors[source] < 0 ? 0f : (float)Math.Pow(Math.Clamp(scores[source], 0f, 1f), alpha) / listed;
        }

        return powers;
    }

    /// <summary>H^T; nothing waits for it.</summary>
    public static DeviceRows Transpose(GpuDevice device, DeviceRows rows, int count)
    {
        DeviceRows mirror = new(device, count);
        try
        {
            // A row's last unit may be part empty, so rows have no more entries than their units hold, and their mirror
            // no more full units than these and one part empty a row. Nobody must ask the device.
            mirror.Reserve(device, (int)Math.Min((long)rows.UsedUnits + count, int.MaxValue));
            using MemoryBuffer1D<int, Stride1D.Dense> counters = device.AllocateZeros<int>(count + 1L);
            TransposeArguments arguments = new()
            {
                Rows = rows.View, Mirror = mirror.View, Count = count,
                Filled = counters.View.BaseView.SubView(0, count), Total = counters.View.BaseView.SubView(count, 1),
            };
            int groups = (count + TransposeKernels.Rows - 1) / TransposeKernels.Rows;
            device.Launch(TransposeKernels.CountEntries, groups, TransposeKernels.Threads, arguments);
            device.Launch(TransposeKernels.WriteOffsets, GroupsFor(count), TransposeKernels.Threads, arguments);
            device.Launch(TransposeKernels.WriteEntries, groups, TransposeKernels.Threads, arguments);
            return mirror;
        }
        catch
        {
            mirror.Dispose();
            throw;
        }
    }

    private static AdjacencyArguments Arguments(DeviceGraph graph) => new()
    {
        Neighbors = graph.Indices, Scores = graph.Scores, Count = graph.Count, NeighborCount = graph.NeighborCount,
    };
}
