using System.Diagnostics;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>How long all pairs of rows take, from some of their products.</summary>
internal static unsafe class SearchEstimate
{
    private const double MeasuredMilliseconds = 20;
    private const int LeastTiles = 4;

    /// <summary>The time of the exact search.</summary>
    /// <remarks>
    /// Tiles in int16 take less than those in float32, which are timed, and offering their values takes about what that
    /// saves.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static TimeSpan Of(FeatureMatrix? query, FeatureMatrix gallery, TileKernel kernel, ComputeOptions options)
    {
        using VertexRows rows = new(query, gallery);
        int threads = Math.Min(options.ThreadCount, Environment.ProcessorCount);
        double pairs = 0.5 * rows.Count * rows.Count;
        return TimeSpan.FromSeconds(Math.Min(
            pairs * SecondsAPair(rows, kernel, options.CancellationToken) / threads,
            TimeSpan.MaxValue.TotalSeconds / 2));
    }

    /// <summary>The time of a product of two rows on one thread.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static double SecondsAPair(VertexRows rows, TileKernel kernel, CancellationToken cancellationToken)
    {
        int count = Math.Min(rows.Count, TileMultiplier.TileSize);
        using RowTile tile = new(rows, kernel, TileMultiplier.TileSize);
        using NativeBuffer<float> panels = new(
            (long)TileMultiplier.TileSize * RowPacker.PackedDimension(rows.Dimension));
        RowPacker.Pack(rows, 0, count, kernel.PanelColumns, panels.Pointer);
        tile.Take(order: null, 0, count);

        // The first touches memory for the first time.
        tile.Multiply(panels.Pointer, count, 0, cancellationToken);
        long started = Stopwatch.GetTimestamp();
        int tiles = 0;
        while (tiles < LeastTiles || Stopwatch.GetElapsedTime(started).TotalMilliseconds < MeasuredMilliseconds)
        {
            tile.Multiply(panels.Pointer, count, 0, cancellationToken);
            tiles++;
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds / ((double)tiles * count * count);
    }
}
