namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>Numbers of four queries side by side: 16 bytes, which a thread reads at once.</summary>
internal struct Lane4
{
    public float C0;
    public float C1;
    public float C2;
    public float C3;

    /// <summary>sum + a * b.</summary>
    public static Lane4 MultiplyAdd(Lane4 sum, float a, Lane4 b)
    {
        sum.C0 += a * b.C0;
        sum.C1 += a * b.C1;
        sum.C2 += a * b.C2;
        sum.C3 += a * b.C3;
        return sum;
    }
}
