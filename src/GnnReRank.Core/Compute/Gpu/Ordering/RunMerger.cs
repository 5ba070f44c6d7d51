using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Ordering;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Ordering;

/// <summary>Merges the sorted tiles of rows, two runs into one, until a row is one run.</summary>
internal sealed class RunMerger : IDisposable
{
    private readonly GpuDevice _device;
    private readonly int _width;
    private readonly int _pieces;
    private readonly SortedRuns _first;
    private readonly SortedRuns _second;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _splits;

    public RunMerger(GpuDevice device, int rowCapacity, int width)
    {
        _device = device;
        _width = width;
        _pieces = PiecesOf(width);
        try
        {
            _first = new SortedRuns(device, rowCapacity, width);
            _second = new SortedRuns(device, rowCapacity, width);
            _splits = device.Allocate<int>((long)rowCapacity * _pieces);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the sorted tiles go before <see cref="Merge"/>.</summary>
    public RankTarget FirstRuns => _first.Target;

    public static long BytesFor(int rows, int width) =>
        (2 * SortedRuns.BytesFor(rows, width)) + ((long)rows * PiecesOf(width) * sizeof(int));

    /// <summary>Starts the merging of rows; the last pass writes the result.</summary>
    public void Merge(RankTarget result, int rows)
    {
        SortedRuns source = _first;
        SortedRuns target = _second;
        for (long run = RankKernels.TileSize; run < _width; run *= 2)
        {
            bool isLast = run * 2 >= _width;
            RunMergeArguments arguments = new()
            {
                Keys = source.Keys,
                Columns = source.Columns,
                Splits = _splits.View.BaseView,
                Target = isLast ? result : target.Target,
                Rows = rows,
                Width = _width,
                Pieces = _pieces,
                WrittenPieces = isLast ? PiecesOf(result.Depth) : _pieces,
                RunLength = run,
            };
            int searches = (int)((((long)rows * _pieces) + RankKernels.GroupSize - 1) / RankKernels.GroupSize);
            _device.Launch(RunMergeKernels.FindSplits, searches, RankKernels.GroupSize, arguments);
            _device.Launch(RunMergeKernels.MergeRuns, rows * arguments.WrittenPieces, RankKernels.GroupSize, arguments);
            (source, target) = (target, source);
        }
    }

    public void Dispose()
    {
        _first?.Dispose();
        _second?.Dispose();
        _splits?.Dispose();
    }

    private static int PiecesOf(int width) => (int)(((long)width + RankKernels.TileSize - 1) / RankKernels.TileSize);
}
