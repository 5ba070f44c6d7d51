namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>An entry of a sparse row, read before it is needed.</summary>
internal struct RowEntry
{
    /// <summary>-1 for none.</summary>
    public int Column;

    public float Value;
}
