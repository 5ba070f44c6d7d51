using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Rows;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>The candidates of every row during a search: sorted lists of the best, and a queue of those that came since.</summary>
internal sealed class SearchLists : IDisposable
{
    private const int Threads = 128;

    private readonly GpuDevice _device;
    private readonly Rents _rents;
    private readonly MemoryBuffer1D<ulong, Stride1D.Dense> _lists;
    private readonly MemoryBuffer1D<ulong, Stride1D.Dense> _thresholds;
    private readonly MemoryBuffer1D<ulong, Stride1D.Dense> _queue;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _counts;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _overflows;
    private readonly MemoryBuffer1D<ulong, Stride1D.Dense> _dropped;
    private readonly int _count;
    private readonly SearchListSizes _sizes;
    private readonly int _wanted;
    private readonly float _margin;

    /// <param name="device">The device.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="wanted">How many of the best are wanted.</param>
    /// <param name="margin">How far below the last of them a candidate may still be one of them.</param>
    public SearchLists(GpuDevice device, int count, int wanted, float margin)
    {
        _device = device;
        _count = count;
        _wanted = wanted;
        _margin = margin;
        _sizes = SearchListSizes.For(wanted, margin > 0);
        _rents = new Rents(device);
        _lists = _rents.AllocateZeros<ulong>((long)count * _sizes.ListLength);
        _thresholds = _rents.AllocateZeros<ulong>(count);
        _queue = _rents.Allocate<ulong>((long)count * _sizes.Capacity);
        _counts = _rents.AllocateZeros<int>(count);
        _overflows = _rents.AllocateZeros<int>(1);
        _dropped = _rents.AllocateZeros<ulong>(count);
    }

    public SearchListSizes Sizes => _sizes;

    public ArrayView<ulong> Lists => _lists.View.BaseView;

    /// <summary>Where the tiles' kernels find thresholds and leave candidates.</summary>
    public TileArguments<T> TilesOf<T>(ArrayView<T> rows, int stride, int blockCount)
        where T : unmanaged => new()
        {
            Rows = rows,
            Thresholds = _thresholds.View.BaseView,
            Counts = _counts.View.BaseView,
            Queue = _queue.View.BaseView,
            Count = _count,
            Stride = stride,
            Capacity = _sizes.Capacity,
            BlockCount = blockCount,
        };

    /// <summary>Merges what came; false, and nothing changed but the queues cleared, where a queue was too short.</summary>
    public bool TryMerge()
    {
        MergeArguments arguments = Arguments();
        _device.Launch(MergeKernels.FindOverflow, (_count + Threads - 1) / Threads, Threads, arguments);
        if (_overflows.GetAsArray1D()[0] > 0)
        {
            _overflows.MemSetToZero();
            _counts.MemSetToZero();
            return false;
        }

        bool isSmall = _sizes.ListLength + _sizes.Capacity <= MergeKernels.SmallRoom;
        _device.Launch(isSmall ? MergeKernels.MergeSmall : MergeKernels.MergeLarge, _count, isSmall ? Threads : 2 * Threads, arguments);
        return true;
    }

    /// <summary>The rows for which a candidate was dropped that may be one of the wanted.</summary>
    public int[] GivenUp()
    {
        _device.Launch(MergeKernels.CountGivenUp, (_count + Threads - 1) / Threads, Threads, Arguments());
        if (_overflows.GetAsArray1D()[0] == 0)
        {
            return [];
        }

        ulong[] dropped = _dropped.GetAsArray1D();
        ulong[] thresholds = _thresholds.GetAsArray1D();
        return [.. Enumerable.Range(0, _count).Where(row => dropped[row] > thresholds[row])];
    }

    /// <summary>What the kernels need that turn lists into a graph, but for the rows.</summary>
    public ListArguments ListsOf(DeviceGraph graph, int stride) => new()
    {
        Lists = Lists,
        Indices = graph.Indices,
        Scores = graph.Scores,
        Count = _count,
        Stride = stride,
        ListLength = _sizes.ListLength,
        NeighborCount = graph.NeighborCount,
    };

    /// <summary>Gives every candidate the score of float32, and writes the rows' products with themselves.</summary>
    public void ScoreAgain(ListArguments arguments, ArrayView<float> rows)
    {
        arguments.Rows = rows;
        _device.Launch(ListKernels.ScoreAgain, _count, RowChains.Threads, arguments);
    }

    /// <summary>Writes the products of some rows with themselves into the graph.</summary>
    /// <param name="arguments">The lists and the graph.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="firstVertex">The vertex of the first of them.</param>
    /// <param name="count">The number of rows.</param>
    public void WriteSelf(ListArguments arguments, ArrayView<float> rows, int firstVertex, int count)
    {
        arguments.Rows = rows;
        arguments.FirstVertex = firstVertex;
        arguments.Count = count;
        int groups = (count + RowChains.Threads - 1) / RowChains.Threads;
        _device.Launch(ListKernels.WriteSelf, groups, RowChains.Threads, arguments);
    }

    /// <summary>Writes the neighbours into the graph.</summary>
    public void WriteNeighbors(ListArguments arguments) => _device.Launch(ListKernels.WriteGraph, _count, Threads, arguments);

    public void Dispose() => _rents.Dispose();

    private MergeArguments Arguments() => new()
    {
        Lists = _lists.View.BaseView,
        Thresholds = _thresholds.View.BaseView,
        Counts = _counts.View.BaseView,
        Queue = _queue.View.BaseView,
        Overflows = _overflows.View.BaseView,
        Dropped = _dropped.View.BaseView,
        Count = _count,
        Capacity = _sizes.Capacity,
        ListLength = _sizes.ListLength,
        Wanted = _wanted,
        Margin = _margin,
    };
}
