using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>Where rows go.</summary>
internal static class LayerOutput
{
    /// <summary>
    /// Takes room for a row and says where it is, in units; -1 where there is none. One thread of a group.
    /// </summary>
    public static int Reserve(LayerArguments arguments, int row, int length)
    {
        int units = SparseView.UnitsOf(length);
        int offset = Atomic.Add(ref arguments.Counters[LayerArguments.Units], units);
        if (offset < 0)
        {
            // Left here, the sum could come round to a small number again.
            Atomic.Max(ref arguments.Counters[LayerArguments.HasTooMany], 1);
            return -1;
        }

        arguments.Result.Offsets[row] = offset;
        arguments.Result.Lengths[row] = length;

        // Past the end the sum goes on, so that the host knows how much to ask for.
        return offset <= arguments.UnitCapacity - units ? offset : -1;
    }
}
