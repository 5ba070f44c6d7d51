using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
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

    // Long lists take longer to come back than to be made: in smaller blocks the first are soon on their way.
    private const long MostListedScores = 1 << 24;

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
    /// <param name="blockSize">Queries a block; null for as many as suit the job.</param>
    public GpuRankingStage(
        GpuDevice device, IFeatureRows features, IDeviceScoring? scoring, RankingJob job, int? blockSize = null)
    {
        _device = device;
        _features = features;
        _scoring = scoring;
        _job = job;
        (_scoreWeight, _cosineWeight) =
            job.Recipe is null ? (0f, 1f) : (job.Recipe.ScoreWeight, job.Recipe.CosineWeight);
        _blockSize = blockSize ?? BlockSize(features.QueryCount, features.GalleryCount, job.Depth);
    }

    /// <summary>The bytes on the device.</summary>
    public static long BytesFor(int queryCount, int galleryCount, int depth)
    {
        int block = BlockSize(queryCount, galleryCount, depth);
        return (2L * block * galleryCount * sizeof(float))
            + GpuRanker.BytesFor(block, galleryCount, depth, ResultsOf(queryCount, block));
    }

    /// <summary>The bytes of the rows of a block of queries, which panels keep beside them.</summary>
    public static long QueryBytesFor(int queryCount, int galleryCount, int depth, int dimension) =>
        DeviceFeatures.BytesFor(BlockSize(queryCount, galleryCount, depth), dimension);

    /// <summary>
    /// Queries a block: all, or whole tiles of the product, where there is room for one.
    /// </summary>
    public static int BlockSize(int queryCount, int galleryCount, int depth)
    {
        bool isLong = depth >= galleryCount / 8;
        long room = MostScores / galleryCount;
        long queries = isLong ? Math.Max(MostListedScores / galleryCount, Math.Min(room, TileProduct.Size)) : room;
        queries -= queries < queryCount && queries > TileProduct.Size ? queries % TileProduct.Size : 0;
        return (int)Math.Clamp(queries, 1, Math.Min(queryCount, MostQueries));
    }

    /// <summary>Ranks all queries: lists of one block come back while the next block's are made.</summary>
    public Ranking Run(ComputeOptions options)
    {
        (FeatureMatrix query, FeatureMatrix gallery, int depth) = (_job.Query, _job.Gallery, _job.Depth);
        StageReporter reporter = new(StageNames.RankingLists, query.RowCount, StageUnits.Queries, options);
        RowBlocks<int> indices = new(query.RowCount, depth);
        RowBlocks<float> scores = new(query.RowCount, depth);
        using GpuRanker ranker =
            new(_device, _blockSize, gallery.RowCount, depth, ResultsOf(query.RowCount, _blockSize));
        using MemoryBuffer1D<float, Stride1D.Dense> cosines = _device.Allocate<float>((long)_blockSize * gallery.RowCount);
        using MemoryBuffer1D<float, Stride1D.Dense>? products =
            _scoring is null ? null : _device.Allocate<float>((long)_blockSize * gallery.RowCount);
        for (int first = 0; first < query.RowCount; first += _blockSize)
        {
            int count = Math.Min(_blockSize, query.RowCount - first);
            if (first > 0)
            {
                // The block before is ranked, and comes back while this one is.
                _device.Synchronize();
            }

            Start(ranker, first, count, cosines.View.BaseView, products is null ? default : products.View.BaseView);
            if (first > 0)
            {
                ranker.CopyBefore(indices, scores, first - _blockSize, _blockSize, options.ThreadCount);
                reporter.Advance(_blockSize);
            }
        }

        int lastCount = ((query.RowCount - 1) % _blockSize) + 1;
        ranker.CopyTo(indices, scores, query.RowCount - lastCount, lastCount, options.ThreadCount);
        reporter.Advance(lastCount);
        reporter.Complete(FormattableString.Invariant(
            $"{query.RowCount:N0} queries x {gallery.RowCount:N0} gallery rows, {depth:N0} kept, {_device.Name}"));
        return new Ranking(query, gallery, indices, scores, _job.Settings);
    }

    /// <summary>Starts the scores and the order of some queries.</summary>
    private void Start(GpuRanker ranker, int first, int count, ArrayView<float> cosines, ArrayView<float> products)
    {
        _features.WriteCosines(_device, first, count, cosines);
        _scoring?.Score(first, count, products);
        ranker.Rank(products, cosines, _scoreWeight, _cosineWeight, count);
    }

    private static int ResultsOf(int queryCount, int blockSize) => queryCount > blockSize ? 2 : 1;
}
