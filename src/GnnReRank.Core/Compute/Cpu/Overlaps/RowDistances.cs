namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>Distances 2 - 2 cosine, those of a row divided by the largest of the row.</summary>
internal sealed class RowDistances
{
    // What float32 products leave of the distance of two equal rows is no distance to divide by.
    private const float Rounding = 2e-6f;

    private readonly float[] _scales;

    /// <param name="leastCosines">The least cosine of each row with any other.</param>
    public RowDistances(float[] leastCosines)
    {
        _scales = new float[leastCosines.Length];
        for (int row = 0; row < _scales.Length; row++)
        {
            float largest = 2f - (2f * leastCosines[row]);
            _scales[row] = largest > Rounding ? 1f / largest : 0f;
        }
    }

    /// <summary>1 / the largest distance of a row; 0 where all rows are the same but for rounding, which makes all distances 0.</summary>
    public float ScaleOf(int row) => _scales[row];

    /// <summary>The distance of a row to another one.</summary>
    public float Of(int row, float cosine) => Math.Max(2f - (2f * cosine), 0f) * _scales[row];
}
