using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>Rows packed in float32 for the right-hand side of a <see cref="TileKernel"/>.</summary>
internal static unsafe class PackedColumns
{
    /// <summary>Room for some blocks of rows; nothing is packed yet.</summary>
    /// <exception cref="GnnReRankException">The memory is not there.</exception>
    public static PackedRows<float> Of(VertexRows rows, TileKernel kernel, int capacity) => new(
        rows.Count, RowPacker.PackedDimension(rows.Dimension), kernel.PanelColumns, capacity,
        (first, count, width, destination) => RowPacker.Pack(rows, first, count, width, destination));

    /// <summary>All rows, packed.</summary>
    /// <exception cref="GnnReRankException">The memory is not there.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static PackedRows<float> All(VertexRows rows, TileKernel kernel, ComputeOptions options)
    {
        PackedRows<float> packed = Of(rows, kernel, RowBlock.CountFor(rows.Count));
        try
        {
            packed.Fill(0, packed.BlockCount, options);
        }
        catch
        {
            packed.Dispose();
            throw;
        }

        return packed;
    }
}
