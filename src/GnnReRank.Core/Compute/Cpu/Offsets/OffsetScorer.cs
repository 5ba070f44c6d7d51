using System.Diagnostics;
using System.Numerics.Tensors;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Compute.Cpu.Offsets;

/// <summary>Subtracts an offset from each cosine; one thread's.</summary>
/// <param name="offsets">One number a gallery row.</param>
internal sealed unsafe class OffsetScorer(float[] offsets) : IQueryScorer
{
    private readonly NativeBuffer<float> _scores = new(offsets.Length);

    public int GroupSize => 1;

    public bool UsesCosines => true;

    public void Score(int first, int count, CancellationToken cancellationToken) =>
        cancellationToken.ThrowIfCancellationRequested();

    public float* Row(int offset) => throw new UnreachableException("The scores are made of cosines.");

    public float* Row(int offset, float* cosines)
    {
        // Not in place: the cosines break ties afterwards.
        ReadOnlySpan<float> given = new(cosines, offsets.Length);
        TensorPrimitives.Subtract(given, offsets, _scores.AsSpan(offsets.Length));
        return _scores.Pointer;
    }

    public void Dispose() => _scores.Dispose();
}
