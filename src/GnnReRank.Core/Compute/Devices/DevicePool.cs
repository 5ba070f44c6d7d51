using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Devices;

/// <summary>The devices of a source: found once, each opened on first use and kept. A device that failed is opened afresh.</summary>
internal sealed class DevicePool
{
    private readonly Dictionary<string, Entry> _open = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly IDeviceSource _source;
    private readonly Lazy<IReadOnlyList<ReRankDevice>> _devices;

    public DevicePool(IDeviceSource source)
    {
        _source = source;
        _devices = new(() => [ProcessorDevice.Describe(), .. source.Find()]);
    }

    /// <summary>The processor, then the others.</summary>
    public IReadOnlyList<ReRankDevice> Devices => _devices.Value;

    public bool IsDeviceError(Exception exception) => _source.IsDeviceError(exception);

    /// <summary>Runs a job on a device. Where the device fails, it is forgotten, and the error passed on.</summary>
    public T Run<T>(ReRankDevice device, Func<IComputeBackend, T> job)
    {
        Entry entry = Enter(device);
        try
        {
            return job(entry.Device.Value.Backend);
        }
        catch (Exception exception) when (!entry.Device.IsValueCreated || IsDeviceError(exception))
        {
            // One that could not be opened too: its entry would tell the same error for ever.
            Forget(device, entry);
            throw;
        }
        finally
        {
            Leave(entry);
        }
    }

    private Entry Enter(ReRankDevice device)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(device.Id, out Entry? entry))
            {
                entry = new Entry(new Lazy<IOpenDevice>(() => _source.Open(device)));
                _open.Add(device.Id, entry);
            }

            entry.Users++;
            return entry;
        }
    }

    private void Forget(ReRankDevice device, Entry entry)
    {
        lock (_lock)
        {
            entry.IsForgotten = true;
            if (_open.TryGetValue(device.Id, out Entry? current) && current == entry)
            {
                _open.Remove(device.Id);
            }
        }
    }

    /// <summary>The last user of a forgotten device closes it: another call may still be at work on it.</summary>
    private void Leave(Entry entry)
    {
        lock (_lock)
        {
            entry.Users--;
            if (entry.Users > 0 || !entry.IsForgotten || !entry.Device.IsValueCreated)
            {
                return;
            }
        }

        try
        {
            entry.Device.Value.Dispose();
        }
        catch (Exception exception) when (IsDeviceError(exception))
        {
            // What is lost cannot always be given back in order; the error that lost it is already on its way.
        }
    }

    private sealed class Entry(Lazy<IOpenDevice> device)
    {
        public Lazy<IOpenDevice> Device { get; } = device;

        public int Users { get; set; }

        public bool IsForgotten { get; set; }
    }
}
