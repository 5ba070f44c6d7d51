using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>A neighbour graph on the device: count x neighborCount, row-major, as <see cref="NeighborGraph"/> has it.</summary>
internal sealed class DeviceGraph : IDisposable
{
    private readonly Rents _rents;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _indices;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _scores;

    public DeviceGraph(GpuDevice device, int count, int neighborCount)
    {
        Count = count;
        NeighborCount = neighborCount;
        _rents = new Rents(device);
        _indices = _rents.Allocate<int>((long)count * neighborCount);
        _scores = _rents.Allocate<float>((long)count * neighborCount);
    }

    /// <summary>The number of vertices.</summary>
    public int Count { get; }

    /// <summary>The number of neighbours a vertex, itself first.</summary>
    public int NeighborCount { get; }

    /// <summary>Vertex indices; -1 pads the end of a row.</summary>
    public ArrayView<int> Indices => _indices.View.BaseView;

    /// <summary>Cosines; 0 for padding.</summary>
    public ArrayView<float> Scores => _scores.View.BaseView;

    /// <summary>A graph of this machine, copied to the device.</summary>
    /// <exception cref="GnnReRankException">The device has no room for it.</exception>
    public static DeviceGraph Of(GpuDevice device, NeighborGraph graph)
    {
        DeviceGraph copy = new(device, graph.VertexCount, graph.NeighborCount);
        copy._rents.Do(() =>
        {
            ReadOnlySpan<int> indices = graph.IndexSpan;
            ReadOnlySpan<float> scores = graph.ScoreSpan;
            copy.Indices.CopyFromCPU(in indices);
            copy.Scores.CopyFromCPU(in scores);
        });
        return copy;
    }

    /// <summary>A copy of the indices, after all that was started on the device.</summary>
    public int[] ToIndices() => _indices.GetAsArray1D();

    /// <summary>A copy of the scores, after all that was started on the device.</summary>
    public float[] ToScores() => _scores.GetAsArray1D();

    public void Dispose() => _rents.Dispose();
}
