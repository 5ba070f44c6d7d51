using System.Diagnostics;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu.Driver;

/// <summary>
/// One NVIDIA device as its driver shows it, whose kernels the emulator of PTX runs. It is as strict as the real one or
/// stricter: addresses of the device mean nothing to the process, memory is full of NaN until it is written, work is
/// done as late as streams allow, and whatever a driver refuses is refused.
/// </summary>
internal sealed class EmulatedDriver
{
    /// <summary>Bytes of shared memory that a block gets unless the kernel's attribute was set.</summary>
    public const int SharedWithoutAsking = 48 * 1024;

    /// <summary>Bytes that it gets at most, on a device of compute capability 9.0.</summary>
    public const int MostShared = 227 * 1024;

    private const int MostThreads = 1024;
    private const int MostRows = ushort.MaxValue;

    // Other addresses than those of the emulator's tests, which a program may not pass on as they are.
    private const ulong FirstAddress = PtxMemory.Base + (1UL << 60);

    private readonly PtxMemory _memory = new(FirstAddress);
    private readonly Dictionary<ulong, long> _allocated = [];
    private readonly Dictionary<nint, long> _pageLocked = [];
    private readonly Dictionary<nint, DriverFunction> _functions = [];
    private readonly Dictionary<nint, (nint Stream, long? Done)> _events = [];
    private readonly DriverQueue _queue = new();
    private nint _lastHandle;
    private DriverFault? _fault;

    /// <summary>The device's bytes.</summary>
    public long TotalBytes { get; init; } = 256L << 20;

    /// <summary>Its bytes in use.</summary>
    public long UsedBytes => _allocated.Values.Sum();

    /// <summary>Launches so far, by kernel.</summary>
    public Dictionary<string, int> Launches { get; } = [];

    /// <summary>What went wrong first: after a fault in a kernel everything fails, as on a device.</summary>
    public string Fault => _fault?.Message ?? string.Empty;

    public DriverQueue Queue => _queue;

    /// <summary>Does something, unless something went wrong before.</summary>
    public DriverResult Do(Action action)
    {
        lock (_memory)
        {
            if (_fault is not null)
            {
                return _fault.Result;
            }

            try
            {
                action();
                return DriverResult.Success;
            }
            catch (DriverFault fault)
            {
                return fault.Result;
            }
            catch (Exception error)
            {
                _fault = new DriverFault(DriverResult.LaunchFailed, error.Message);
                Console.Error.WriteLine($"The emulated device failed: {error}");
                return _fault.Result;
            }
        }
    }

    public ulong Allocate(long bytes)
    {
        if (bytes <= 0)
        {
            throw new DriverFault(DriverResult.InvalidValue, $"{bytes} bytes.");
        }

        if (UsedBytes + bytes > TotalBytes)
        {
            throw new DriverFault(DriverResult.OutOfMemory, $"{bytes} bytes beside {UsedBytes}.");
        }

        byte[] buffer = GC.AllocateUninitializedArray<byte>((int)bytes);
        Array.Fill(buffer, (byte)0xff);
        ulong address = _memory.Adopt(buffer);
        _allocated.Add(address, bytes);
        return address;
    }

    public void Free(ulong address)
    {
        if (!_allocated.Remove(address))
        {
            throw new DriverFault(DriverResult.InvalidValue, $"0x{address:x} is not allocated.");
        }

        _queue.FinishAll();
        _memory.Remove(address);
    }

    public void Lock(nint address, long bytes) => _pageLocked.Add(address, bytes);

    public void Unlock(nint address)
    {
        if (!_pageLocked.Remove(address))
        {
            throw new DriverFault(DriverResult.InvalidValue, $"0x{address:x} is not page-locked.");
        }

        _queue.FinishAll();
    }

    public void Fill(ulong address, byte value, long length, nint stream)
    {
        _memory.Stretch(address, length);
        Start(stream, () => _memory.Stretch(address, length).Fill(value));
    }

    /// <summary>
    /// Copies. From memory that is not page-locked the bytes are read at once, and to it they are there at the return:
    /// the rules of asynchronous copies.
    /// </summary>
    public unsafe void Copy(ulong to, ulong from, long length, nint stream)
    {
        if (length == 0)
        {
            return;
        }

        if (IsDevice(to) && IsDevice(from))
        {
            Start(stream, () => _memory.Stretch(from, length).CopyTo(_memory.Stretch(to, length)));
        }
        else if (IsDevice(to))
        {
            _memory.Stretch(to, length);
            byte[]? read = IsLocked(from, length) ? null : new ReadOnlySpan<byte>((void*)from, (int)length).ToArray();
            Start(stream, () => (read ?? new ReadOnlySpan<byte>((void*)from, (int)length)).CopyTo(_memory.Stretch(to, length)));
        }
        else
        {
            _memory.Stretch(from, length);
            Start(stream, () => _memory.Stretch(from, length).CopyTo(new Span<byte>((void*)to, (int)length)));
            if (!IsLocked(to, length))
            {
                _queue.Finish(stream);
            }
        }
    }

    public nint Load(string text)
    {
        try
        {
            _functions.Add(++_lastHandle, new DriverFunction(EntryName(text), new PtxCode(new PtxProgram(text), fuses: true)));
            return _lastHandle;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Console.Error.WriteLine($"The emulated driver does not understand a kernel: {error.Message}");
            throw new DriverFault(DriverResult.InvalidPtx, error.Message);
        }
    }

    public DriverFunction FunctionOf(nint handle) => _functions.GetValueOrDefault(handle)
        ?? throw new DriverFault(DriverResult.InvalidHandle, $"No function {handle}.");

    public void Launch(nint handle, PtxLaunch launch, int dynamicShared, nint stream, byte[] parameters)
    {
        DriverFunction function = FunctionOf(handle);
        int shared = function.Code.Program.SharedBytes + dynamicShared;
        if (launch.Columns < 1 || launch.Rows is < 1 or > MostRows || launch.Threads is < 1 or > MostThreads
            || dynamicShared > function.MostDynamicShared || shared > MostShared
            || function.Code.Program.SharedBytes > SharedWithoutAsking)
        {
            throw new DriverFault(
                DriverResult.InvalidValue,
                $"{function.Name}: {launch}, {dynamicShared} bytes of dynamic shared memory of {function.MostDynamicShared}.");
        }

        Launches[function.Name] = Launches.GetValueOrDefault(function.Name) + 1;
        Start(stream, () => function.Code.Emulate(_memory, parameters, launch));
    }

    public nint CreateEvent()
    {
        _events.Add(++_lastHandle, (0, null));
        return _lastHandle;
    }

    public void Record(nint handle, nint stream)
    {
        _events[handle] = (stream, null);
        Start(stream, () => _events[handle] = (stream, Stopwatch.GetTimestamp()));
    }

    /// <summary>When an event passed, after waiting for it.</summary>
    public long TimeOf(nint handle)
    {
        _queue.Finish(_events[handle].Stream);
        return _events[handle].Done ?? throw new DriverFault(DriverResult.InvalidHandle, "The event was not recorded.");
    }

    public bool HasPassed(nint handle) => _events[handle].Done is not null;

    private static bool IsDevice(ulong address) => address >= FirstAddress;

    private static string EntryName(string text)
    {
        int start = text.IndexOf(".entry ", StringComparison.Ordinal) + ".entry ".Length;
        return text[start..text.IndexOf('(', start)].Trim();
    }

    private bool IsLocked(ulong address, long length) => _pageLocked.Any(range =>
        address >= (ulong)range.Key && address + (ulong)length <= (ulong)(range.Key + range.Value));

    private void Start(nint stream, Action work)
    {
        if (!_queue.Knows(stream))
        {
            throw new DriverFault(DriverResult.InvalidHandle, $"No stream {stream}.");
        }

        _queue.Start(stream, work);
    }
}
