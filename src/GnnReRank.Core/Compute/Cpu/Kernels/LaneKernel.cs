using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>What the kernels of all register shapes share: the search for values above a bound.</summary>
internal abstract unsafe class LaneKernel<TVector, TLanes> : TileKernel
    where TVector : unmanaged
    where TLanes : struct, ISimdLanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int NextAtLeast(float* values, int start, int count, float bound)
    {
        int width = TLanes.Count;
        TVector bounds = TLanes.Broadcast(bound);
        int i = start;
        for (; i + width <= count; i += width)
        {
            ulong found = TLanes.AtLeast(TLanes.Load(values + i), bounds);
            if (found != 0)
            {
                return i + BitOperations.TrailingZeroCount(found);
            }
        }

        // NaN marks what is to be passed over, hence the negation.
        while (i < count && !(values[i] >= bound))
        {
            i++;
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int NextAtLeast(float* values, int start, int count, float* bounds)
    {
        int width = TLanes.Count;
        int i = start;
        for (; i + width <= count; i += width)
        {
            ulong found = TLanes.AtLeast(TLanes.Load(values + i), TLanes.Load(bounds + i));
            if (found != 0)
            {
                return i + BitOperations.TrailingZeroCount(found);
            }
        }

        while (i < count && !(values[i] >= bounds[i]))
        {
            i++;
        }

        return i;
    }
}
