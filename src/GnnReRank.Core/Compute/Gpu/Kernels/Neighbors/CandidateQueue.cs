using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>The candidates of each row: whoever meets one appends it; the order is never observed.</summary>
internal static class CandidateQueue
{
    /// <summary>Offers a pair of different rows to each other.</summary>
    public static void Offer<T>(TileArguments<T> arguments, int row, int column, float score, bool isDiagonal)
        where T : unmanaged
    {
        if (row == column || row >= arguments.Count || column >= arguments.Count)
        {
            return;
        }

        Append(arguments, row, DeviceKey.BestIsLargest(score, column));

        // A tile on the diagonal holds each pair twice.
        if (!isDiagonal)
        {
            Append(arguments, column, DeviceKey.BestIsLargest(score, row));
        }
    }

    /// <summary>The score from which on a row may take a candidate: its threshold without the index.</summary>
    public static float LimitOf(ArrayView<ulong> thresholds, int row, int count)
    {
        ulong threshold = row < count ? thresholds[row] : ulong.MaxValue;
        return threshold == ulong.MaxValue ? float.PositiveInfinity
            : threshold == 0UL ? float.NegativeInfinity
            : DeviceKey.ScoreOfBest(threshold);
    }

    private static void Append<T>(TileArguments<T> arguments, int row, ulong key)
        where T : unmanaged
    {
        if (key > arguments.Thresholds[row])
        {
            int place = Atomic.Add(ref arguments.Counts[row], 1);
            if (place < arguments.Capacity)
            {
                arguments.Queue[((long)row * arguments.Capacity) + place] = key;
            }
        }
    }
}
