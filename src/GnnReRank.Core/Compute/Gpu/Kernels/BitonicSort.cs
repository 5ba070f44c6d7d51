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
                    int low = ((pair / distance) * 2 * distance) + (pair % distance);
                    ulong first = keys[low];
                    ulong second = keys[low + distance];
                    bool descends = (low & run) == 0;
                    if ((first < second) == descends)
                    {
                        keys[low] = second;
                        keys[low + distance] = first;
                    }
                }

                Group.Barrier();
            }
        }
    }
}
