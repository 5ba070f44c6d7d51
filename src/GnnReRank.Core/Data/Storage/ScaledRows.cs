using System.Numerics.Tensors;

namespace GnnReRank.Storage;

/// <summary>
/// Rows of a norm so small that float32 has no inverse of it: below 2.9e-39 every value is subnormal. Times a power of two, which changes no
/// digit of them, they are like any other.
/// </summary>
internal static class ScaledRows
{
    private static readonly float s_scale = MathF.ScaleB(1, 100);

    /// <summary>Whether a row has such a norm.</summary>
    public static bool IsTiny(float inverseNorm) => float.IsPositiveInfinity(inverseNorm);

    /// <summary>The values and factors whose products are the normalised rows.</summary>
    /// <param name="storage">The values.</param>
    /// <param name="inverseNorms">Their rows' inverse norms; infinite for rows as above.</param>
    /// <returns>What was given where no row is such; otherwise copies, in memory.</returns>
    public static (FeatureStorage Values, float[] Factors) Of(FeatureStorage storage, float[] inverseNorms)
    {
        if (!Array.Exists(inverseNorms, IsTiny))
        {
            return (storage, inverseNorms);
        }

        float[] values = new float[FeatureMatrixChecks.ElementCount(storage.RowCount, storage.Dimension)];
        storage.CopyRows(0, storage.RowCount, values);
        for (int row = 0; row < inverseNorms.Length; row++)
        {
            if (IsTiny(inverseNorms[row]))
            {
                Span<float> tiny = values.AsSpan(row * storage.Dimension, storage.Dimension);
                TensorPrimitives.Multiply(tiny, s_scale, tiny);
            }
        }

        ArrayStorage<float> scaled = new(values, storage.RowCount, storage.Dimension);
        return (scaled, RowNorms.InverseOf(scaled));
    }
}
