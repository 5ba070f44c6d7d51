namespace GnnReRank.Compute.Gpu.Kernels.Tiles;

/// <summary>
/// Four numbers that lie together: 16 bytes, moved at once where the compiler knows that they are aligned.
/// </summary>
internal struct Float4
{
    public float X;
    public float Y;
    public float Z;
    public float W;

    /// <summary>sum + the four products, one after the other.</summary>
    public static float Chain(float sum, Float4 a, Float4 b)
    {
        sum += a.X * b.X;
        sum += a.Y * b.Y;
        sum += a.Z * b.Z;
        sum += a.W * b.W;
        return sum;
    }
}
