using ILGPU;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>What the probe kernels read and write.</summary>
internal struct ProbeArguments
{
    public ArrayView<int> Values;
    public ArrayView<int> Sums;
    public ArrayView<ulong> Largest;
    public ArrayView<float> Chosen;
    public int Count;
}
