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
        while (i + width <= count && !TLanes.AnyAtLeast(TLanes.Load(values + i), bounds))
        {
            i += width;
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
        while (i + width <= count && !TLanes.AnyAtLeast(TLanes.Load(values + i), TLanes.Load(bounds + i)))
        {
            i += width;
        }

        while (i < count && !(values[i] >= bounds[i]))
        {
            i++;
        }

        return i;
    }
}
