using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Products;

/// <summary>The arguments of <see cref="TensorProductKernel"/>.</summary>
internal struct TensorProductArguments
{
    /// <summary>
    /// The device address of the first row's parts as <see cref="SplitKernels"/> write them, of 16-byte alignment,
    /// with as many rows behind the last as fill a tile. An address, because inline PTX cannot take a view.
    /// </summary>
    public long Rows;

    /// <summary>As above, of the rows that make the columns of the product.</summary>
    public long Columns;

    /// <summary>Receives RowCount x ColumnCount products, ProductStride from one row to the next.</summary>
    public ArrayView<float> Products;

    public int RowCount;

    public int ColumnCount;

    /// <summary>Values a row, padding included: a multiple of 32.</summary>
    public int Stride;

    public int ProductStride;
}
