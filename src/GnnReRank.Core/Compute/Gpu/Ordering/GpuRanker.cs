using System.Numerics;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Ordering;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Ordering;

/// <summary>
/// Orders rows of scores on the device: final score descending, ties by cosine descending where scores and cosines are given, then by
/// column ascending. Full rows are sorted in tiles that are then merged; short results are selected in one pass.
/// </summary>
internal sealed class GpuRanker : IDisposable
{
    private readonly GpuDevice _device;
    private readonly int _rowCapacity;
    private readonly int _width;
    private readonly int _depth;
    private readonly MemoryBuffer1D<int, Stride1D.Dense>[] _indices;
    private readonly MemoryBuffer1D<float, Stride1D.Dense>[] _scores;
    private readonly RunMerger? _merger;
    private RowDownload? _download;
    private int _last;

    /// <param name="device">The device.</param>
    /// <param name="rowCapacity">The most rows of one call.</param>
    /// <param name="width">Values a row.</param>
    /// <param name="depth">Results a row, at most the width.</param>
    /// <param name="results">The results that are held: 2 where one is copied while the next is made.</param>
    /// <exception cref="GnnReRankException">The device has no room.</exception>
    public GpuRanker(GpuDevice device, int rowCapacity, int width, int depth, int results = 1)
    {
        _device = device;
        _rowCapacity = rowCapacity;
        _width = width;
        _depth = depth;
        _indices = new MemoryBuffer1D<int, Stride1D.Dense>[results];
        _scores = new MemoryBuffer1D<float, Stride1D.Dense>[results];
        try
        {
            for (int result = 0; result < results; result++)
            {
                _indices[result] = device.Allocate<int>((long)rowCapacity * depth);
                _scores[result] = device.Allocate<float>((long)rowCapacity * depth);
            }

            _merger = Merges(width, depth) ? new RunMerger(device, rowCapacity, width) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>rows x depth columns of the last call.</summary>
    public ArrayView<int> Indices => _indices[_last].View.BaseView;

    /// <summary>rows x depth final scores of the last call.</summary>
    public ArrayView<float> Scores => _scores[_last].View.BaseView;

    /// <summary>Device memory of a ranker.</summary>
    public static long BytesFor(int rows, int width, int depth, int results = 1) =>
        ((long)results * rows * depth * (sizeof(int) + sizeof(float)))
        + (Merges(width, depth) ? RunMerger.BytesFor(rows, width) : 0);

    /// <summary>Steps that each compile a kernel which rows of a width need for results of a depth.</summary>
    public static IReadOnlyList<Action> Preparations(GpuDevice device, int width, int depth) =>
        Merges(width, depth) ?
        [
            () => device.Prepare<SortTilesArguments>(RankKernels.SortTiles),
            () => device.Prepare<RunMergeArguments>(RunMergeKernels.FindSplits),
            () => device.Prepare<RunMergeArguments>(RunMergeKernels.MergeRuns),
        ]
        : width <= RankKernels.TileSize ? [() => device.Prepare<SortTilesArguments>(RankKernels.SortTiles)]
        : [() => device.Prepare<SelectBestArguments>(RankKernels.SelectBest)];

    /// <summary>Starts the ordering of rows; nothing waits for it.</summary>
    /// <param name="scores">rows x width, or empty to rank by the cosine itself, unweighted.</param>
    /// <param name="cosines">rows x width; may be empty where scores are given and the cosine's weight is 0.</param>
    /// <param name="scoreWeight">The factor of a score; 1 where the scores have theirs already.</param>
    /// <param name="cosineWeight">The factor of a cosine: lambda.</param>
    /// <param name="rows">The number of rows.</param>
    public void Rank(ArrayView<float> scores, ArrayView<float> cosines, float scoreWeight, float cosineWeight, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, _rowCapacity);
        if (rows == 0)
        {
            return;
        }

        RankSource source = SourceOf(scores, cosines, scoreWeight, cosineWeight);
        _last = (_last + 1) % _indices.Length;
        RankTarget result = new() { Indices = Indices, Scores = Scores, Width = _width, Depth = _depth, IsResult = 1 };
        if (_merger is not null)
        {
            SortTiles(source, _merger.FirstRuns, rows);
            _merger.Merge(result, rows);
        }
        else if (_width <= RankKernels.TileSize)
        {
            SortTiles(source, result, rows);
        }
        else
        {
            SelectBestArguments arguments = new() { Source = source, Target = result };
            _device.Launch(RankKernels.SelectBest, rows, RankKernels.GroupSize, arguments);
        }
    }

    /// <summary>Waits for the last call and copies its result to rows [first, first + rows) of row blocks.</summary>
    /// <param name="indices">Receives the columns, depth a row.</param>
    /// <param name="scores">Receives the final scores, depth a row.</param>
    /// <param name="first">0-based first row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="threads">Threads to copy with.</param>
    public void CopyTo(RowBlocks<int> indices, RowBlocks<float> scores, int first, int rows, int threads)
    {
        Copy(_last, indices, scores, first, rows, threads, isReady: false);
    }

    /// <summary>As <see cref="CopyTo"/>, of the call before the last, while the last is at work.</summary>
    /// <remarks>The caller has waited for that call before it started the last one.</remarks>
    public void CopyBefore(RowBlocks<int> indices, RowBlocks<float> scores, int first, int rows, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(_indices.Length, 2, nameof(_indices));
        Copy(1 - _last, indices, scores, first, rows, threads, isReady: true);
    }

    public void Dispose()
    {
        // First: it waits for copies, of which an error may have left some.
        _download?.Dispose();
        Array.ForEach(_indices, buffer => buffer?.Dispose());
        Array.ForEach(_scores, buffer => buffer?.Dispose());
        _merger?.Dispose();
    }

    private void Copy(
        int result, RowBlocks<int> indices, RowBlocks<float> scores, int first, int rows, int threads, bool isReady)
    {
        // Page-locked memory is dear; some callers leave the result on the device.
        _download ??= new RowDownload(_device, _rowCapacity, _depth);
        ArrayView<int> from = _indices[result].View.BaseView;
        _download.CopyTo(from, _scores[result].View.BaseView, indices, scores, first, rows, threads, isReady);
    }

    private static bool Merges(int width, int depth) => width > RankKernels.TileSize && depth > RankKernels.MaxSelected;

    private RankSource SourceOf(ArrayView<float> scores, ArrayView<float> cosines, float scoreWeight, float cosineWeight)
    {
        if (scores.Length == 0 && cosines.Length == 0)
        {
            throw new ArgumentException("There are neither scores nor cosines to rank by.", nameof(scores));
        }

        if (cosines.Length == 0 && cosineWeight != 0f)
        {
            throw new ArgumentException($"The cosines weigh {cosineWeight}, but there are none.", nameof(cosines));
        }

        return new RankSource
        {
            Scores = scores,
            Cosines = cosines,
            Width = _width,
            HasScores = scores.Length == 0 ? 0 : 1,
            HasCosines = cosines.Length == 0 ? 0 : 1,
            ScoreWeight = scoreWeight,
            CosineWeight = cosineWeight,
        };
    }

    private void SortTiles(RankSource source, RankTarget target, int rows)
    {
        int tiles = (int)(((long)_width + RankKernels.TileSize - 1) / RankKernels.TileSize);
        SortTilesArguments arguments = new()
        {
            Source = source,
            Target = target,
            Tiles = tiles,
            Length = tiles > 1 ? RankKernels.TileSize : (int)BitOperations.RoundUpToPowerOf2((uint)_width),
        };
        _device.Launch(RankKernels.SortTiles, rows * tiles, RankKernels.GroupSize, arguments);
    }
}
