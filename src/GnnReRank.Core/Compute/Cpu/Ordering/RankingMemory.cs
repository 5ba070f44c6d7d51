using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>What a ranking holds beside the features, planned before it begins.</summary>
internal sealed class RankingMemory
{
    // Of what may be used: a packed gallery larger than this is passed over in groups, which take as much as the cosines made of them.
    private const double PackedShare = 0.5;
    private const double GroupShare = 0.25;

    private readonly RankingJob _job;
    private readonly bool _hasCosines;
    private readonly bool _multiplies;
    private readonly long? _mostPackedBytes;
    private readonly long _blockBytes;
    private readonly long _packedBytes;
    private readonly long _rowBytes;

    /// <param name="job">The ranking.</param>
    /// <param name="hasCosines">Whether the query x gallery cosines will be there already.</param>
    /// <param name="kernels">The kernels.</param>
    public RankingMemory(RankingJob job, bool hasCosines, CpuKernels kernels)
    {
        (_job, _hasCosines, _multiplies) = (job, hasCosines, job.NeedsAllCosines && !hasCosines);
        _mostPackedBytes = kernels.PackedGalleryBytes;
        _blockBytes = ExactTiles.BytesPerBlock(job.Gallery.Dimension);
        _packedBytes = RowBlock.CountFor(job.Gallery.RowCount) * _blockBytes;
        _rowBytes = (long)job.Gallery.RowCount * sizeof(float);
        Plan();
    }

    /// <summary>Whether the gallery is passed over in groups, once for some queries, since it cannot be packed whole.</summary>
    public bool PassesGallery { get; private set; }

    /// <summary>Queries that share a pass.</summary>
    public int QueriesAtATime { get; private set; }

    /// <summary>Gallery blocks packed at a time in a pass.</summary>
    public int GroupBlocks { get; private set; }

    /// <summary>The bytes of the result.</summary>
    public long ResultBytes => (long)_job.Query.RowCount * _job.Depth * (sizeof(int) + sizeof(float));

    /// <summary>The bytes of the stage that are not there yet when it begins.</summary>
    public long Bytes => ResultBytes - (_hasCosines && _job.IsFull ? ResultBytes / 2 : 0) + WorkBytes;

    private long WorkBytes => !_multiplies
        ? 0
        : PassesGallery
            ? (GroupBlocks * _blockBytes) + (QueriesAtATime * _rowBytes)
            : _packedBytes;

    /// <summary>Plans anew with the memory that is left now, and fails where it does not do.</summary>
    /// <exception cref="GnnReRankException">The stage does not fit.</exception>
    public void Require()
    {
        Plan();
        MemoryBudget.OfMachine().Require(
            Bytes, "RankingTooLarge",
            FormattableString.Invariant($"A ranking of {_job.Query.RowCount:N0} queries x {_job.Depth:N0} gallery rows") +
            (_multiplies ? ", with what the cosines take," : string.Empty),
            "Keep fewer gallery rows a query (-Top), or rank fewer queries at a time.");
    }

    private void Plan()
    {
        long limit = MemoryBudget.OfMachine().Limit;
        int queryCount = _job.Query.RowCount;
        PassesGallery = !_hasCosines && _packedBytes > (_mostPackedBytes ?? (long)(limit * PackedShare));
        long groupBytes = _mostPackedBytes ?? (long)(limit * GroupShare);
        GroupBlocks = (int)Math.Clamp(groupBytes / _blockBytes, 1, RowBlock.CountFor(_job.Gallery.RowCount));
        QueriesAtATime = (int)Math.Clamp(groupBytes / _rowBytes, Math.Min(TileMultiplier.TileSize, queryCount), queryCount);
    }
}
