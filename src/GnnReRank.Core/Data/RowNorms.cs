using System.Numerics.Tensors;

namespace GnnReRank;

/// <summary>L2 norms of rows, and the check that every value is finite, in one pass.</summary>
internal static class RowNorms
{
    private const float NormalizedTolerance = 1e-3f;

    // Outside this range a float32 sum of squares may have lost digits to under- or overflow, so it is taken again in double.
    private const float SafeLow = 1e-20f;
    private const float SafeHigh = 1e20f;

    /// <summary>1 / norm of each row, 0 for a row of zeros.</summary>
    /// <exception cref="GnnReRankException">A value is NaN or infinite.</exception>
    public static float[] InverseOf(ReadOnlySpan<float> values, int rowCount, int dimension)
    {
        float[] inverse = new float[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            inverse[row] = InverseOf(values.Slice(row * dimension, dimension), row);
        }

        return inverse;
    }

    public static bool AreOne(ReadOnlySpan<float> inverseNorms)
    {
        foreach (float inverse in inverseNorms)
        {
            if (Math.Abs(inverse - 1f) > NormalizedTolerance)
            {
                return false;
            }
        }

        return true;
    }

    private static float InverseOf(ReadOnlySpan<float> row, int rowIndex)
    {
        float squared = TensorPrimitives.SumOfSquares(row);
        if (squared is >= SafeLow and <= SafeHigh)
        {
            return (float)(1.0 / Math.Sqrt(squared));
        }

        double exact = 0;
        for (int column = 0; column < row.Length; column++)
        {
            if (!float.IsFinite(row[column]))
            {
                throw new GnnReRankException(
                    "NonFiniteFeature", ErrorKind.InvalidData,
                    $"Row {rowIndex}, column {column} (0-based) is {row[column]}: every feature must be finite. " +
                    "Correct the row, or drop such rows at import with -SkipInvalid.");
            }

            exact += (double)row[column] * row[column];
        }

        // A norm below the smallest normal float32 has no usable direction in float32.
        double inverse = exact > 0 ? 1.0 / Math.Sqrt(exact) : 0;
        return inverse <= float.MaxValue ? (float)inverse : 0f;
    }
}
