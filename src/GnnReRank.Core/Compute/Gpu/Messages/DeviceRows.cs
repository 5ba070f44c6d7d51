using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Messages;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Messages;

/// <summary>Sparse rows on the device.</summary>
internal sealed class DeviceRows : IDisposable
{
    private readonly Rents _rents;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _offsets;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _lengths;
    private MemoryBuffer1D<int, Stride1D.Dense>? _columns;
    private MemoryBuffer1D<float, Stride1D.Dense>? _values;

    /// <param name="device">The device.</param>
    /// <param name="count">The number of rows.</param>
    public DeviceRows(GpuDevice device, int count)
    {
        _rents = new Rents(device);
        _offsets = _rents.Allocate<int>(count);
        _lengths = _rents.AllocateZeros<int>(count);
    }

    public int UnitCapacity { get; private set; }

    /// <summary>The units that rows take, or more.</summary>
    public int UsedUnits { get; set; }

    public SparseView View => new()
    {
        Offsets = _offsets.View.BaseView,
        Lengths = _lengths.View.BaseView,
        Columns = _columns is null ? default : _columns.View.BaseView,
        Values = _values is null ? default : _values.View.BaseView,
    };

    /// <summary>Makes room for entries; what was there is lost.</summary>
    /// <exception cref="GnnReRankException">The device has no such room.</exception>
    public void Reserve(GpuDevice device, int units)
    {
        _columns?.Dispose();
        _values?.Dispose();
        _columns = null;
        _values = null;
        _columns = device.Allocate<int>((long)units * SparseView.Unit);
        _values = device.Allocate<float>((long)units * SparseView.Unit);
        UnitCapacity = units;
    }

    public void Dispose()
    {
        _rents.Dispose();
        _columns?.Dispose();
        _values?.Dispose();
    }
}
