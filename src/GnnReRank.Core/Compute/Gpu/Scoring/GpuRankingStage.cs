using GnnReRank.Compute.Gpu.Messages;
using GnnReRank.Compute.Gpu.Ordering;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Scoring;

/// <summary>Scores and orders the gallery for blocks of queries, all on the device; only the lists come back.</summary>
internal sealed class GpuRankingStage
{
    // Scores of one block of queries: large enough to fill the device, small beside its memory.
    private const long MostScores = 1 << 26;

    // Groups along y are limited; a block of queries stays below that.
    private const int MostQueries = 1 << 13;

    private readonly GpuDevice _device;
    private readonly IFeatureRows _features;
    private readonly GpuMessages? _messages;
    private readonly float _lambda;
    private readonly int _depth;
    private readonly int _blockSize;

    /// <param name="device">The device, whose gate the caller holds.</param>
    /// <param name="features">The rows.</param>
    /// <param name="messages">Gives the scores; null ranks by cosine alone.</param>
    /// <param name="lambda">The share of the cosine.</param>
    /// <param name="depth">How many gallery rows to keep.</param>
    public GpuRankingStage(GpuDevice device, IFeatureRows features, GpuMessages? messages, float lambda, int depth)
    {
        _device = device;
        _features = features;
        _messages = messages;
        _lambda = lambda;
        _depth = depth;
        _blockSize = BlockSize(features.QueryCount, features.GalleryCount);
    }

    /// <summary>The bytes on the device.</summary>
    public static long BytesFor(int queryCount, int galleryCount, int depth)
    {
        int block = BlockSize(queryCount, galleryCount);
        return (2L * block * galleryCount * sizeof(float)) + GpuRanker.BytesFor(block, galleryCount, depth);
    }

    /// <summary>The bytes of the rows of a block of queries, which panels keep beside them.</summary>
    public static long QueryBytesFor(int queryCount, int galleryCount, int dimension) =>
        DeviceFeatures.BytesFor(BlockSize(queryCount, galleryCount), dimension);

    /// <summary>Ranks all queries.</summary>
    public Ranking Run(FeatureMatrix query, FeatureMatrix gallery, RankingSettings settings, ComputeOptions options)
    {
        StageReporter reporter = new(StageNames.Ranking, query.RowCount, StageUnits.Queries, options);
        RowBlocks<int> indices = new(query.RowCount, _depth);
        RowBlocks<float> scores = new(query.RowCount, _depth);
        using GpuRanker ranker = new(_device, _blockSize, gallery.RowCount, _depth);
        using MemoryBuffer1D<float, Stride1D.Dense> cosines = _device.Allocate<float>((long)_blockSize * gallery.RowCount);
        using MemoryBuffer1D<float, Stride1D.Dense>? products =
            _messages is null ? null : _device.Allocate<float>((long)_blockSize * gallery.RowCount);
        for (int first = 0; first < query.RowCount; first += _blockSize)
        {
            int count = Math.Min(_blockSize, query.RowCount - first);
            _features.WriteCosines(_device, first, count, cosines.View.BaseView);
            if (_messages is not null)
            {
                _messages.Score(first, count, products!.View.BaseView);
            }

            ranker.Rank(products is null ? default : products.View.BaseView, cosines.View.BaseView, 1f - _lambda, _lambda, count);
            ranker.CopyTo(indices, scores, first, count, options.ThreadCount);
            reporter.Advance(count);
        }

        reporter.Complete(FormattableString.Invariant(
            $"{query.RowCount:N0} queries x {gallery.RowCount:N0} gallery rows, {_depth:N0} kept, {_device.Name}"));
        return new Ranking(query, gallery, indices, scores, settings);
    }

    private static int BlockSize(int queryCount, int galleryCount) =>
        (int)Math.Clamp(MostScores / galleryCount, 1, Math.Min(queryCount, MostQueries));
}
