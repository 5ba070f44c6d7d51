using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Rows;

/// <summary>Rows to bring together.</summary>
internal struct GatherArguments
{
    public ArrayView<float> Rows;

    public ArrayView<int> Vertices;

    public ArrayView<float> Target;

    public int Stride;
}
