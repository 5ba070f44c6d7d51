using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Rows;

/// <summary>Rows as they were stored, and where they go.</summary>
internal struct NormalizeArguments
{
    /// <summary>Rows of Dimension values.</summary>
    public ArrayView<float> Values;

    public ArrayView<float> InverseNorms;

    /// <summary>Rows of Stride values, zero behind the dimension.</summary>
    public ArrayView<float> Rows;

    /// <summary>The first row to write.</summary>
    public int FirstRow;

    public int Dimension;

    public int Stride;
}
