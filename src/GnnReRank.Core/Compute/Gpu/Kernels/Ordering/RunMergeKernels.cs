using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>
/// Merges sorted runs of a row two by two. The merged run is cut into pieces of a tile's size; where each piece begins
/// in the two runs is found first, so that every group merges as much as any other.
/// </summary>
/// <remarks>All columns of a first run are below the second's: of equal keys, the first run's stands before.</remarks>
internal static class RunMergeKernels
{
    private const int GroupSize = RankKernels.GroupSize;
    private const int PieceSize = RankKernels.TileSize;
    private const int PerThread = PieceSize / GroupSize;

    /// <summary>Finds where each piece begins; a thread a piece.</summary>
    [Kernel]
    public static void FindSplits(RunMergeArguments arguments)
    {
        long at = ((long)Grid.IdxX * GroupSize) + Group.IdxX;
        if (at < (long)arguments.Rows * arguments.Pieces)
        {
            long row = at / arguments.Pieces;
            int output = (int)(at % arguments.Pieces) * PieceSize;
            int pair = (int)(output & (-2 * arguments.RunLength));
            int firstLength = (int)IntrinsicMath.Min(arguments.RunLength, (long)arguments.Width - pair);
            int secondLength = (int)IntrinsicMath.Min(arguments.RunLength, (long)arguments.Width - pair - firstLength);
            long first = (row * arguments.Width) + pair;
            long second = first + firstLength;
            int before = output - pair;
            int low = IntrinsicMath.Max(0, before - secondLength);
            int high = IntrinsicMath.Min(before, firstLength);
            while (low < high)
            {
                int middle = low + ((high - low) >> 1);
                long other = second + before - 1 - middle;
                bool isTaken = arguments.Keys[first + middle] <= arguments.Keys[other];
                low = isTaken ? middle + 1 : low;
                high = isTaken ? high : middle;
            }

            arguments.Splits[at] = low;
        }
    }

    /// <summary>Writes the pieces; a group a piece, the pieces of a row one after the other.</summary>
    [Kernel]
    public static void MergeRuns(RunMergeArguments arguments)
    {
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(PieceSize);
        ArrayView<int> order = SharedMemory.Allocate<int>(PieceSize);
        int row = Grid.IdxX / arguments.WrittenPieces;
        int piece = Grid.IdxX % arguments.WrittenPieces;
        int output = piece * PieceSize;
        int pair = (int)(output & (-2 * arguments.RunLength));
        int firstLength = (int)IntrinsicMath.Min(arguments.RunLength, (long)arguments.Width - pair);
        int secondLength = (int)IntrinsicMath.Min(arguments.RunLength, (long)arguments.Width - pair - firstLength);

        int from = output - pair;
        int to = IntrinsicMath.Min(from + PieceSize, firstLength + secondLength);
        long split = ((long)row * arguments.Pieces) + piece;
        int firstFrom = arguments.Splits[split];
        int firstTo = firstLength;
        if (to < firstLength + secondLength)
        {
            firstTo = arguments.Splits[split + 1];
        }

        int fromFirst = firstTo - firstFrom;
        int count = to - from;
        long firstStart = ((long)row * arguments.Width) + pair + firstFrom;

        // The second run's part begins so many elements after the first's, less those read from the first.
        long secondStart = ((long)row * arguments.Width) + pair + firstLength + (from - firstFrom) - fromFirst;
        for (int i = Group.IdxX; i < count; i += GroupSize)
        {
            keys[i] = arguments.Keys[(i < fromFirst ? firstStart : secondStart) + i];
        }

        Group.Barrier();
        int begin = IntrinsicMath.Min(Group.IdxX * PerThread, count);
        int end = IntrinsicMath.Min(begin + PerThread, count);
        int low = IntrinsicMath.Max(0, begin - (count - fromFirst));
        int high = IntrinsicMath.Min(begin, fromFirst);
        while (low < high)
        {
            int middle = low + ((high - low) >> 1);
            int other = fromFirst + begin - 1 - middle;
            bool isTaken = keys[middle] <= keys[other];
            low = isTaken ? middle + 1 : low;
            high = isTaken ? high : middle;
        }

        int first = low;
        int second = fromFirst + begin - low;
        for (int i = begin; i < end; i++)
        {
            bool takesFirst = second >= count;
            if (first < fromFirst & second < count)
            {
                takesFirst = keys[first] <= keys[second];
            }

            order[i] = takesFirst ? first : second;
            first += takesFirst ? 1 : 0;
            second += takesFirst ? 0 : 1;
        }

        Group.Barrier();
        for (int i = Group.IdxX; i < count; i += GroupSize)
        {
            int source = order[i];
            int column = arguments.Columns[(source < fromFirst ? firstStart : secondStart) + source];
            RankTarget.Store(arguments.Target, row, output + i, keys[source], column);
        }
    }
}
