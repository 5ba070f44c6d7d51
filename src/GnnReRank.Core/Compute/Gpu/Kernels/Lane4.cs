namespace GnnReRank.Compute.Gpu.Kernels;

/// <summary>Values of four queries side by side: 16 bytes, which a thread reads at once.</summary>
internal struct Lane4
{
    public float C0;
    public float C1;
    public float C2;
    public float C3;

    /// <summary>sum + value * lanes.</summary>
    public static Lane4 MultiplyAdd(Lane4 sum, float value, Lane4 lanes)
    {
        sum.C0 += value * lanes.C0;
        sum.C1 += value * lanes.C1;
        sum.C2 += value * lanes.C2;
        sum.C3 += value * lanes.C3;
        return sum;
    }
}
