using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Ordering;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;
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
    private readonly IDeviceScoring? _scoring;
    private readonly RankingJob _job;
    private readonly float _scoreWeight;
    private readonly float _cosineWeight;
    private readonly int _blockSize;

    /// <param name="device">The device, whose gate the caller holds.</param>
    /// <param name="features">The rows.</param>
    /// <param name="scoring">Gives the scores; null ranks by cosine alone.</param>
    /// <param name="job">The ranking.</param>
    public GpuRankingStage(GpuDevice device, IFeatureRows features, IDeviceScoring? scoring, RankingJob job)
    {
        _device = device;
        _features = features;
        _scoring = scoring;
        _job = job;
        (_scoreWeight, _cosineWeight) =
            job.Recipe is null ? (0f, 1f) : (job.Recipe.ScoreWeight, job.Recipe.CosineWeight);
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
    public Ranking Run(ComputeOptions options)
    {
        (FeatureMatrix query, FeatureMatrix gallery, int depth) = (_job.Query, _job.Gallery, _job.Depth);
        StageReporter reporter = new(StageNames.RankingLists, query.RowCount, StageUnits.Queries, options);
        RowBlocks<int> indices = new(query.RowCount, depth);
        RowBlocks<float> scores = new(query.RowCount, depth);
        using GpuRanker ranker = new(_device, _blockSize, gallery.RowCount, depth);
        using MemoryBuffer1D<float, Stride1D.Dense> cosines = _device.Allocate<float>((long)_blockSize * gallery.RowCount);
        using MemoryBuffer1D<float, Stride1D.Dense>? products =
            _scoring is null ? null : _device.Allocate<float>((long)_blockSize * gallery.RowCount);
        for (int first = 0; first < query.RowCount; first += _blockSize)
        {
            int count = Math.Min(_blockSize, query.RowCount - first);
            _features.WriteCosines(_device, first, count, cosines.View.BaseView);
            if (_scoring is not null)
            {
                _scoring.Score(first, count, products!.View.BaseView);
            }

            ranker.Rank(
                products is null ? default : products.View.BaseView, cosines.View.BaseView, _scoreWeight, _cosineWeight,
                count);
            ranker.CopyTo(indices, scores, first, count, options.ThreadCount);
            reporter.Advance(count);
        }

        reporter.Complete(FormattableString.Invariant(
            $"{query.RowCount:N0} queries x {gallery.RowCount:N0} gallery rows, {depth:N0} kept, {_device.Name}"));
        return new Ranking(query, gallery, indices, scores, _job.Settings);
    }

    private static int BlockSize(int queryCount, int galleryCount) =>
        (int)Math.Clamp(MostScores / galleryCount, 1, Math.Min(queryCount, MostQueries));
}
