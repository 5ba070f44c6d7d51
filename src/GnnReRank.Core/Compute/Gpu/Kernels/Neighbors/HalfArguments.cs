using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>What <see cref="HalfKernels"/> read and write.</summary>
internal struct HalfArguments
{
    /// <summary>Unit vectors, or zero ones: Count rows of Stride values.</summary>
    public ArrayView<float> Rows;

    /// <summary>The float16 matrix: a group a row of HalfStride values; rows and values past the vectors become zero.</summary>
    public ArrayView<ushort> Halves;

    /// <summary>A row of the float16 matrix: how far its vector is from that of Rows at most.</summary>
    public ArrayView<float> Residuals;

    public int Count;
    public int Dimension;
    public int Stride;
    public int HalfStride;
}
