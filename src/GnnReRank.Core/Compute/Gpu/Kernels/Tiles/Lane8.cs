namespace GnnReRank.Compute.Gpu.Kernels.Tiles;

/// <summary>Eight numbers in registers.</summary>
internal struct Lane8
{
    public float C0;
    public float C1;
    public float C2;
    public float C3;
    public float C4;
    public float C5;
    public float C6;
    public float C7;

    /// <summary>sum + a * b. Each product and sum is one multiply-add where the device's compiler fuses them, as CUDA's does.</summary>
    public static Lane8 MultiplyAdd(Lane8 sum, float a, Lane8 b)
    {
        sum.C0 += a * b.C0;
        sum.C1 += a * b.C1;
        sum.C2 += a * b.C2;
        sum.C3 += a * b.C3;
        sum.C4 += a * b.C4;
        sum.C5 += a * b.C5;
        sum.C6 += a * b.C6;
        sum.C7 += a * b.C7;
        return sum;
    }
}
