using System.Numerics;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>
/// Page-locked memory of this machine, kept from call to call: locking takes about a quarter of a millisecond a
/// megabyte, five times what copying it to the device takes.
/// </summary>
/// <remarks>Who returns an array has waited for the stream that copies it.</remarks>
internal sealed class PinnedMemory(Accelerator accelerator)
{
    /// <summary>The bytes that an array should have at most: pieces of these sizes serve all copies.</summary>
    public const int UsualBytes = 32 << 20;

    private const int LeastBytes = 1 << 16;

    // Two that go up and two that come down.
    private const int MostKept = 4;

    private readonly List<PageLockedArray1D<byte>> _kept = [];

    /// <summary>The bytes that lie idle.</summary>
    public long KeptBytes => _kept.Sum(array => array.Length);

    /// <summary>An array of at least so many bytes, not cleared; disposing it returns it.</summary>
    public PinnedArray Rent(int bytes)
    {
        int best = -1;
        for (int place = 0; place < _kept.Count; place++)
        {
            if (_kept[place].Length >= bytes && (best < 0 || _kept[place].Length < _kept[best].Length))
            {
                best = place;
            }
        }

        if (best < 0)
        {
            // A power of two, so that the next call's arrays fit too.
            long rounded = BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes, LeastBytes));
            return new PinnedArray(this, Lock(Math.Min(rounded, Array.MaxLength)));
        }

        PageLockedArray1D<byte> array = _kept[best];
        _kept.RemoveAt(best);
        return new PinnedArray(this, array);
    }

    /// <summary>Takes an array back; those that serve the fewest are let go.</summary>
    public void Return(PageLockedArray1D<byte> array)
    {
        if (array.Length > UsualBytes)
        {
            array.Dispose();
            return;
        }

        _kept.Add(array);
        if (_kept.Count > MostKept)
        {
            PageLockedArray1D<byte> smallest = _kept.MinBy(kept => kept.Length)!;
            _kept.Remove(smallest);
            smallest.Dispose();
        }
    }

    private PageLockedArray1D<byte> Lock(long bytes) =>
        accelerator.AllocatePageLocked1D<byte>(bytes, uninitialized: true);
}
