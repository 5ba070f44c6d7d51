using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using ILGPU;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>Products of normalised rows: cosines.</summary>
internal static class GpuProduct
{
    /// <summary>Multiplies rows with columns; nothing waits for it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="rows">Rows from the first on, padded to whole tiles.</param>
    /// <param name="columns">Columns from the first on, row-major, padded to whole tiles.</param>
    /// <param name="products">Receives rowCount x columnCount products.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="stride">The length of a row, a multiple of <see cref="TileProduct.DepthStep"/>.</param>
    /// <param name="productStride">From one row of products to the next; null for columnCount.</param>
    public static void Of(
        GpuDevice device, ArrayView<float> rows, ArrayView<float> columns, ArrayView<float> products, int rowCount, int columnCount,
        int stride, int? productStride = null) =>
        device.Launch(
            SearchKernels.Product, Tiles(columnCount), Tiles(rowCount), TileProduct.Threads, new ProductArguments
            {
                Rows = rows,
                Columns = columns,
                Products = products,
                RowCount = rowCount,
                ColumnCount = columnCount,
                Stride = stride,
                ProductStride = productStride ?? columnCount,
            });

    private static int Tiles(int count) => (count + TileProduct.Size - 1) / TileProduct.Size;
}
