using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>The product of some rows with some columns.</summary>
internal struct ProductArguments
{
    /// <summary>Rows from the first on, with as many behind the last as fill a tile.</summary>
    public ArrayView<float> Rows;

    /// <summary>Columns from the first on, row-major as the rows, with as many behind the last as fill a tile.</summary>
    public ArrayView<float> Columns;

    /// <summary>Receives RowCount x ColumnCount products, ProductStride from one row to the next.</summary>
    public ArrayView<float> Products;

    public int RowCount;

    public int ColumnCount;

    public int Stride;

    public int ProductStride;
}
