using System.Numerics.Tensors;

namespace GnnReRank.Storage;

/// <summary>
/// Rows of a norm whose inverse float32 cannot hold, or not with all its digits: below 2.9e-39 or above 8.5e37. Times a power of two, which
/// changes no digit that counts, they are like any other.
/// </summary>
internal static class ScaledRows
{
    private const int Exponent = 100;

    /// <summary>Whether a row has such a norm.</summary>
    public static bool IsExtreme(float inverseNorm) => float.IsPositiveInfinity(inverseNorm) || float.IsSubnormal(inverseNorm);

    /// <summary>The values and factors whose products are the normalised rows.</summary>
    /// <param name="storage">The values.</param>
    /// <param name="inverseNorms">Their rows' inverse norms; infinite or subnormal for rows as above.</param>
    /// <returns>What was given where no row is such; otherwise copies, in memory.</returns>
    public static (FeatureStorage Values, float[] Factors) Of(FeatureStorage storage, float[] inverseNorms)
    {
        if (!Array.Exists(inverseNorms, IsExtreme))
        {
            return (storage, inverseNorms);
        }

        float[] values = new float[FeatureMatrixChecks.ElementCount(storage.RowCount, storage.Dimension)];
        storage.CopyRows(0, storage.RowCount, values);
        for (int row = 0; row < inverseNorms.Length; row++)
        {
            if (IsExtreme(inverseNorms[row]))
            {
                Span<float> extreme = values.AsSpan(row * storage.Dimension, storage.Dimension);
                TensorPrimitives.Multiply(extreme, MathF.ScaleB(1, inverseNorms[row] > 1 ? Exponent : -Exponent), extreme);
            }
        }

        ArrayStorage<float> scaled = new(values, storage.RowCount, storage.Dimension);
        return (scaled, RowNorms.InverseOf(scaled));
    }
}
