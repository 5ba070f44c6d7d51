using GnnReRank.Running;
using GnnReRank.Storage;

namespace GnnReRank.Formats.Tables;

/// <summary>The pass over all values that a file is checked in: inverse norms by rows, on several threads.</summary>
internal static class FeatureNorms
{
    // A megabyte or so: a slow disk brings it well within the time that a person waits for a stop.
    private const int ChunkValues = 1 << 19;

    /// <summary>1 / norm of each row; 0 for a row of zeros, NaN for a row with a value that is not finite.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static float[] InverseOf(FeatureStorage storage, ComputeOptions compute)
    {
        // In memory this is over before a person could read of it; from a file it takes as long as the disk needs.
        ComputeOptions options = storage.IsMemoryMapped ? compute : compute with { Progress = null, Log = null };
        StageReporter reporter = new("Checking features", storage.RowCount, StageUnits.Rows, options);
        float[] inverse = new float[storage.RowCount];
        int chunk = Math.Max(1, ChunkValues / storage.Dimension);
        Workers.ForRanges(options.ThreadCount, storage.RowCount, chunk, (from, to) =>
        {
            RowNorms.InverseOf(storage, from, inverse.AsSpan(from, to - from));
            reporter.Advance(to - from);
        });
        reporter.Complete(FormattableString.Invariant($"{storage.RowCount:N0} rows, {storage.ByteCount:N0} bytes"));
        return inverse;
    }
}
