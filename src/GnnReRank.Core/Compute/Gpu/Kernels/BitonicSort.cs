using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels;

/// <summary>A group sorts keys in its shared memory.</summary>
internal static class BitonicSort
{
    /// <summary>The smallest power of two that is not below a number.</summary>
    public static int PowerOfTwo(int count)
    {
        int power = 1;
        while (power < count)
        {
            power <<= 1;
        }

        return power;
    }

    /// <summary>Sorts descending. All threads of the group come here, after a barrier, and leave after one.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="length">How many: a power of two.</param>
    public static void Descending(ArrayView<ulong> keys, int length)
    {
        for (int run = 2; run <= length; run <<= 1)
        {
            for (int distance = run >> 1; distance > 0; distance >>= 1)
            {
                for (int pair = Group.IdxX; pair < length >> 1; pair += Group.DimX)
                {
                    int low = LowOf(pair, distance);
                    Exchange(keys, low, low + distance, (low & run) == 0);
                }

                Group.Barrier();
            }
        }
    }

    /// <summary>
    /// Merges two sorted runs of the same length, one behind the other, both descending: then so is the first, with the
    /// best of both, and the second, with the others. All threads of the group come here, after a barrier, and leave
    /// after one.
    /// </summary>
    /// <param name="keys">The keys.</param>
    /// <param name="length">How many each run has: a power of two.</param>
    public static void MergeRuns(ArrayView<ulong> keys, int length)
    {
        // The best against the worst: what stays in each half rises and falls at most once.
        for (int low = Group.IdxX; low < length; low += Group.DimX)
        {
            Exchange(keys, low, (2 * length) - 1 - low, descends: true);
        }

        Group.Barrier();
        for (int distance = length >> 1; distance > 0; distance >>= 1)
        {
            for (int pair = Group.IdxX; pair < length; pair += Group.DimX)
            {
                int low = LowOf(pair, distance);
                Exchange(keys, low, low + distance, descends: true);
            }

            Group.Barrier();
        }
    }

    /// <summary>The lower place of a pair, where pairs lie a power of two apart.</summary>
    private static int LowOf(int pair, int distance) => (2 * pair) - (pair & (distance - 1));

    private static void Exchange(ArrayView<ulong> keys, int low, int high, bool descends)
    {
        ulong first = keys[low];
        ulong second = keys[high];
        if ((first < second) == descends)
        {
            keys[low] = second;
            keys[high] = first;
        }
    }
}
