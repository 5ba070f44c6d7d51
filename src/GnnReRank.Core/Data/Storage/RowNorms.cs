using System.Runtime.Intrinsics;
using GnnReRank.Storage;

namespace GnnReRank;

/// <summary>L2 norms of rows, and the check that every value is finite, in one pass over the values as float32.</summary>
internal static unsafe class RowNorms
{
    private const float NormalizedTolerance = 1e-3f;

    // Sixteen sums, each of every sixteenth value: the same bits at any alignment and with any vector width.
    private const int Lanes = 16;

    /// <summary>
    /// 1 / norm of each row; 0 for a row of zeros, NaN for a row with a value that is not finite; infinite or of few digits where
    /// float32 cannot hold it (<see cref="ScaledRows"/>).
    /// </summary>
    public static float[] InverseOf(FeatureStorage storage)
    {
        float[] inverse = new float[storage.RowCount];
        InverseOf(storage, 0, inverse);
        return inverse;
    }

    /// <summary>The same of some rows.</summary>
    /// <param name="storage">Whose rows.</param>
    /// <param name="first">0-based first row.</param>
    /// <param name="inverse">Receives one number a row, for as many rows as it is long.</param>
    public static void InverseOf(FeatureStorage storage, int first, Span<float> inverse)
    {
        using PinnedRows rows = storage.Pin();
        float[] scratch = rows.IsDirect ? [] : new float[storage.Dimension];
        fixed (float* buffer = scratch)
        {
            for (int row = 0; row < inverse.Length; row++)
            {
                inverse[row] = InverseOf(SumOfSquares(rows.Row(first + row, buffer), storage.Dimension));
            }
        }
    }

    /// <summary>Refuses a matrix with a value that is not finite.</summary>
    /// <param name="storage">The values.</param>
    /// <param name="inverseNorms">Their rows' inverse norms.</param>
    /// <exception cref="GnnReRankException">A value is NaN or infinite.</exception>
    public static void RequireFinite(FeatureStorage storage, ReadOnlySpan<float> inverseNorms)
    {
        int row = FirstNaN(inverseNorms);
        if (row >= 0)
        {
            ReadOnlySpan<float> values = storage.Row(row);
            int column = FirstNonFinite(values);
            throw new GnnReRankException(
                "NonFiniteFeature", ErrorKind.InvalidData,
                $"Row {row}, column {column} (0-based) is {values[column]}: every feature must be finite. " +
                "Correct the row, or drop such rows at import with -SkipInvalid.");
        }
    }

    /// <summary>The position of the first value that is NaN or infinite; -1 where there is none.</summary>
    public static int FirstNonFinite(ReadOnlySpan<float> row)
    {
        for (int column = 0; column < row.Length; column++)
        {
            if (!float.IsFinite(row[column]))
            {
                return column;
            }
        }

        return -1;
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

    private static int FirstNaN(ReadOnlySpan<float> inverseNorms)
    {
        for (int row = 0; row < inverseNorms.Length; row++)
        {
            if (float.IsNaN(inverseNorms[row]))
            {
                return row;
            }
        }

        return -1;
    }

    private static float InverseOf(double sumOfSquares)
    {
        if (!double.IsFinite(sumOfSquares))
        {
            return float.NaN;
        }

        return sumOfSquares > 0 ? (float)(1.0 / Math.Sqrt(sumOfSquares)) : 0f;
    }

    // The square of a float32 is exact in float64 and never over- or underflows there, so a fused multiply-add changes nothing, the
    // sum is 0 for a row of zeros alone, and it is not finite where a value is not.
    private static double SumOfSquares(float* row, int dimension)
    {
        Vector256<double> a = default, b = default, c = default, d = default;
        int column = 0;
        for (; column <= dimension - Lanes; column += Lanes)
        {
            Add(row + column, ref a, ref b, ref c, ref d);
        }

        if (column < dimension)
        {
            float* rest = stackalloc float[Lanes];
            new Span<float>(rest, Lanes).Clear();
            new ReadOnlySpan<float>(row + column, dimension - column).CopyTo(new Span<float>(rest, Lanes));
            Add(rest, ref a, ref b, ref c, ref d);
        }

        Vector256<double> sum = (a + b) + (c + d);
        Vector128<double> half = sum.GetLower() + sum.GetUpper();
        return half[0] + half[1];
    }

    private static void Add(
        float* values, ref Vector256<double> a, ref Vector256<double> b, ref Vector256<double> c, ref Vector256<double> d)
    {
        (Vector256<double> first, Vector256<double> second) = Vector256.Widen(Vector256.Load(values));
        (Vector256<double> third, Vector256<double> fourth) = Vector256.Widen(Vector256.Load(values + (Lanes / 2)));
        a += first * first;
        b += second * second;
        c += third * third;
        d += fourth * fourth;
    }
}
