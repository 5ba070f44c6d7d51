namespace GnnReRank.Compute.Gpu.Kernels.Tiles;

/// <summary>Where eight rows begin; below 0 for none.</summary>
internal struct RowStarts
{
    public long S0;
    public long S1;
    public long S2;
    public long S3;
    public long S4;
    public long S5;
    public long S6;
    public long S7;
}
