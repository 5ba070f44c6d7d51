using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>What the state before the last layer is the product of.</summary>
/// <param name="start">C: the start matrix, symmetric, its rows ascending.</param>
/// <param name="edges">E, or null where there are no layers.</param>
/// <param name="scales">For each layer before the last: 1 / norm of each row.</param>
internal sealed class LayerFactors(SparseRows start, SparseRows? edges, IReadOnlyList<NativeBuffer<float>> scales) : IDisposable
{
    public SparseRows Start { get; } = start;

    public long StartEntryCount { get; } = start.EntryCount;

    public SparseRows? Edges { get; } = edges;

    public IReadOnlyList<NativeBuffer<float>> Scales { get; } = scales;

    public void Dispose()
    {
        Start.Dispose();
        Edges?.Dispose();
        foreach (NativeBuffer<float> scales in Scales)
        {
            scales.Dispose();
        }
    }
}
