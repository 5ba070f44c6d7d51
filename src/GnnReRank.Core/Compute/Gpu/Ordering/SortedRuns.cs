using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Ordering;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Ordering;

/// <summary>Rows of elements, a key and a column each, on the device.</summary>
internal sealed class SortedRuns : IDisposable
{
    private readonly MemoryBuffer1D<ulong, Stride1D.Dense> _keys;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _columns;
    private readonly int _width;

    public SortedRuns(GpuDevice device, int rowCapacity, int width)
    {
        _width = width;
        _keys = device.Allocate<ulong>((long)rowCapacity * width);
        try
        {
            _columns = device.Allocate<int>((long)rowCapacity * width);
        }
        catch
        {
            _keys.Dispose();
            throw;
        }
    }

    public ArrayView<ulong> Keys => _keys.View.BaseView;

    public ArrayView<int> Columns => _columns.View.BaseView;

    /// <summary>The runs as what a kernel writes to.</summary>
    public RankTarget Target => new() { Keys = Keys, Columns = Columns, Width = _width };

    public static long BytesFor(int rows, int width) => (long)rows * width * (sizeof(ulong) + sizeof(int));

    public void Dispose()
    {
        _keys.Dispose();
        _columns.Dispose();
    }
}
