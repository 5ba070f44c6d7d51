using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>
/// The device's memory, given out again instead of given back: a driver takes a tenth of a millisecond to some
/// milliseconds to give a buffer or to take it back, and waits for the device when it takes one back.
/// </summary>
/// <remarks>
/// A buffer may be returned while kernels that use it wait in the default stream, for who gets it next uses it there
/// too, behind them. Whoever uses a buffer in another stream waits for the default stream after getting it, and for its
/// own stream before returning it. What a buffer holds when it is given out is what its last user left there.
/// </remarks>
internal sealed class DeviceMemory
{
    /// <summary>
    /// The share of a device's memory that can be planned with: beside the driver, kernels, and pieces too small to
    /// use.
    /// </summary>
    public const double UsableShare = 0.9;

    // Of a device's memory, what may lie idle here at most.
    private const int KeptShare = 8;

    // Calls after which a buffer is given back that none of them used: a search and a ranking may take turns.
    private const long MostIdleCalls = 2;

    // How much larger than what is asked for a buffer may be that is given out: twice as large where it is small, else
    // by a share, and not by more than so much. The same job asks for the same sizes again.
    private const long SmallBytes = 2L << 20;
    private const int SlackShare = 8;
    private const long MostSlack = 32L << 20;

    private readonly Accelerator _accelerator;
    private readonly long _bytes;
    private readonly List<(MemoryBuffer Buffer, long Call)> _kept = [];
    private long _rentedBytes;
    private long _call;
    private bool _isClosed;

    /// <param name="accelerator">The device.</param>
    /// <param name="bytes">The bytes of its memory.</param>
    public DeviceMemory(Accelerator accelerator, long bytes) => (_accelerator, _bytes) = (accelerator, bytes);

    /// <summary>
    /// Whether buffers are kept. Tools that watch every address see it only in buffers that are as long as was asked.
    /// </summary>
    public bool Keeps { get; init; } = true;

    /// <summary>Told of the bytes of every buffer before it is given out: tests refuse some.</summary>
    public Action<long>? Renting { get; set; }

    /// <summary>The bytes of the buffers that are out.</summary>
    public long RentedBytes => Interlocked.Read(ref _rentedBytes);

    /// <summary>The bytes that lie idle.</summary>
    public long KeptBytes { get; private set; }

    /// <summary>The buffers that lie idle.</summary>
    internal IEnumerable<MemoryBuffer> Kept => _kept.Select(kept => kept.Buffer);

    private long Usable => (long)(_bytes * UsableShare);

    /// <summary>Begins a call: gives back what the last calls had no use for.</summary>
    public void BeginCall()
    {
        _call++;
        for (int place = _kept.Count - 1; place >= 0; place--)
        {
            if (_kept[place].Call < _call - MostIdleCalls)
            {
                Free(place);
            }
        }
    }

    /// <summary>A buffer for so many elements, not cleared; disposing it returns it.</summary>
    /// <exception cref="AcceleratorException">The device has not so much left, even with nothing idle.</exception>
    public MemoryBuffer1D<T, Stride1D.Dense> Rent<T>(long length)
        where T : unmanaged
    {
        long bytes = length * Interop.SizeOf<T>();
        Renting?.Invoke(bytes);
        MemoryBuffer buffer = TryTake(bytes) ?? Allocate(bytes);
        Interlocked.Add(ref _rentedBytes, buffer.LengthInBytes);
        return new RentedBuffer<T>(this, buffer, length);
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(MemoryBuffer buffer)
    {
        // The accelerator frees all that is left when it is closed.
        if (_isClosed)
        {
            return;
        }

        Forget(buffer);

        // What alone is more than may lie idle would drive all else out, and then go itself.
        if (!Keeps || buffer.LengthInBytes > _bytes / KeptShare)
        {
            buffer.Dispose();
            return;
        }

        KeptBytes += buffer.LengthInBytes;
        _kept.Add((buffer, _call));
        while (KeptBytes > _bytes / KeptShare)
        {
            Free(place: 0);
        }
    }

    /// <summary>Counts a buffer no longer: the collector found it, in a thread of its own.</summary>
    public void Forget(MemoryBuffer buffer) => Interlocked.Add(ref _rentedBytes, -buffer.LengthInBytes);

    /// <summary>Gives all that lies idle back to the driver.</summary>
    public void FreeKept()
    {
        while (_kept.Count > 0)
        {
            Free(_kept.Count - 1);
        }
    }

    /// <summary>Ends the keeping, before the accelerator is closed.</summary>
    public void Close() => _isClosed = true;

    /// <summary>The smallest idle buffer that is large enough and not much larger; of equals the last used.</summary>
    private MemoryBuffer? TryTake(long bytes)
    {
        long most = bytes < SmallBytes ? 2 * bytes : bytes + Math.Min(bytes / SlackShare, MostSlack);
        int best = -1;
        for (int place = _kept.Count - 1; place >= 0; place--)
        {
            long length = _kept[place].Buffer.LengthInBytes;
            if (length >= bytes && length <= most && (best < 0 || length < _kept[best].Buffer.LengthInBytes))
            {
                best = place;
            }
        }

        return best < 0 ? null : Remove(best);
    }

    private MemoryBuffer Allocate(long bytes)
    {
        // Some drivers refuse only when a kernel first uses the buffer: what is planned must fit beside what is idle.
        while (_kept.Count > 0 && RentedBytes + KeptBytes + bytes > Usable)
        {
            Free(place: 0);
        }

        try
        {
            return _accelerator.AllocateRaw(bytes, sizeof(byte));
        }
        catch (AcceleratorException) when (_kept.Count > 0)
        {
            FreeKept();
            return _accelerator.AllocateRaw(bytes, sizeof(byte));
        }
    }

    private MemoryBuffer Remove(int place)
    {
        MemoryBuffer buffer = _kept[place].Buffer;
        _kept.RemoveAt(place);
        KeptBytes -= buffer.LengthInBytes;
        return buffer;
    }

    private void Free(int place) => Remove(place).Dispose();
}
