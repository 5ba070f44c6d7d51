namespace GnnReRank.Compute.Gpu.Kernels.Tiles;

/// <summary>A thread's 8 x 8 sums, in registers: ILGPU does not unroll loops, so they have names.</summary>
internal struct Tile8
{
    public Lane8 R0;
    public Lane8 R1;
    public Lane8 R2;
    public Lane8 R3;
    public Lane8 R4;
    public Lane8 R5;
    public Lane8 R6;
    public Lane8 R7;

    /// <summary>sum + the outer product of a and b.</summary>
    public static Tile8 MultiplyAdd(Tile8 sum, Lane8 a, Lane8 b)
    {
        sum.R0 = Lane8.MultiplyAdd(sum.R0, a.C0, b);
        sum.R1 = Lane8.MultiplyAdd(sum.R1, a.C1, b);
        sum.R2 = Lane8.MultiplyAdd(sum.R2, a.C2, b);
        sum.R3 = Lane8.MultiplyAdd(sum.R3, a.C3, b);
        sum.R4 = Lane8.MultiplyAdd(sum.R4, a.C4, b);
        sum.R5 = Lane8.MultiplyAdd(sum.R5, a.C5, b);
        sum.R6 = Lane8.MultiplyAdd(sum.R6, a.C6, b);
        sum.R7 = Lane8.MultiplyAdd(sum.R7, a.C7, b);
        return sum;
    }
}
