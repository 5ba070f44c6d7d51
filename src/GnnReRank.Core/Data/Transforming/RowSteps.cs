namespace GnnReRank.Transforming;

/// <summary>What is done to a row before its principal components are taken.</summary>
/// <param name="Normalize">Whether it is divided by its norm, before and after the centring.</param>
/// <param name="Means">What is subtracted; null leaves that out.</param>
internal sealed record RowSteps(bool Normalize, CameraMeans? Means)
{
    /// <summary>A stored row as float64, after these steps.</summary>
    /// <param name="stored">The row.</param>
    /// <param name="camera">Its camera; not looked at where nothing is subtracted.</param>
    /// <param name="row">Receives it.</param>
    /// <returns>Whether the centring left nothing of a row that was not zero.</returns>
    public bool Apply(ReadOnlySpan<float> stored, int camera, Span<double> row)
    {
        DoubleRow.Widen(stored, row, Normalize);
        if (Means is null)
        {
            return false;
        }

        bool isZero = !row.ContainsAnyExcept(0.0);
        if (isZero && Normalize)
        {
            // It has no direction, and gets none.
            return false;
        }

        DoubleRow.Subtract(row, Means.Of(camera));
        bool isLost = !row.ContainsAnyExcept(0.0);
        if (Normalize)
        {
            DoubleRow.Normalize(row);
        }

        return isLost && !isZero;
    }
}
