namespace GnnReRank.Compute.Gpu.Kernels.Walks;

/// <summary>Four queries' values side by side: 16 bytes, which a thread reads at once.</summary>
internal struct Lane4
{
    public float Q0;
    public float Q1;
    public float Q2;
    public float Q3;

    /// <summary>sum + value * lanes.</summary>
    public static Lane4 MultiplyAdd(Lane4 sum, float value, Lane4 lanes)
    {
        sum.Q0 += value * lanes.Q0;
        sum.Q1 += value * lanes.Q1;
        sum.Q2 += value * lanes.Q2;
        sum.Q3 += value * lanes.Q3;
        return sum;
    }
}
