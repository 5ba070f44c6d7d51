using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>As much of a sort as finding the largest takes.</summary>
internal static unsafe class PartialSort
{
    /// <summary>Moves the largest keys, in any order, to the front; the smallest of them ends at keys[keep - 1].</summary>
    /// <param name="keys">count different keys.</param>
    /// <param name="count">The number of keys.</param>
    /// <param name="keep">How many to move, 1 to count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LargestFirst(ulong* keys, int count, int keep)
    {
        int low = 0;
        int high = count - 1;
        int target = keep - 1;
        while (low < high)
        {
            ulong pivot = keys[low + ((high - low) >> 1)];
            int i = low;
            int j = high;
            while (i <= j)
            {
                while (keys[i] > pivot)
                {
                    i++;
                }

                while (keys[j] < pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (keys[i], keys[j]) = (keys[j], keys[i]);
                    i++;
                    j--;
                }
            }

            if (target <= j)
            {
                high = j;
            }
            else if (target >= i)
            {
                low = i;
            }
            else
            {
                return;
            }
        }
    }
}
