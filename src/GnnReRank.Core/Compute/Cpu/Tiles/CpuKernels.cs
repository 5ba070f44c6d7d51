using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>The kernels a backend multiplies with.</summary>
/// <param name="Exact">The float32 kernel, which all cosines come from.</param>
/// <param name="Coarse">The int16 kernel that finds candidates for it, or null to multiply all pairs in float32.</param>
internal sealed record CpuKernels(TileKernel Exact, CoarseKernel? Coarse = null)
{
    // Measured: with fewer columns, scoring the candidates again takes what the shorter products save.
    private const int UsualCoarseDimension = 96;

    // Enough columns to share a pass over the rows; more would only take more memory.
    private const long UsualColumnBytes = 96L << 20;

    /// <summary>The best kernels of this processor.</summary>
    public static CpuKernels ForThisProcessor { get; } = new(TileKernel.ForThisProcessor(), CoarseKernel.ForThisProcessor());

    /// <summary>From how many columns on the coarse kernel is used.</summary>
    public int CoarseFromDimension { get; init; } = UsualCoarseDimension;

    /// <summary>The bytes of packed columns held at a time where the features are in memory; one block of rows is always held.</summary>
    public long ColumnBytes { get; init; } = UsualColumnBytes;

    /// <summary>The largest packed gallery, in bytes, that a ranking holds whole; null measures the machine.</summary>
    public long? PackedGalleryBytes { get; init; }

    /// <summary>The coarse kernel where it pays for rows of so many columns, else null.</summary>
    public CoarseKernel? CoarseFor(int dimension) =>
        dimension >= CoarseFromDimension && dimension <= CoarseScale.LargestDimension ? Coarse : null;
}
