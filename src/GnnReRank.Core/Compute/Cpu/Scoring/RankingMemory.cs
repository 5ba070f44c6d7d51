using GnnReRank.Compute.Cpu.Neighbors;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>What a ranking holds beside the features, planned before it begins.</summary>
internal sealed class RankingMemory
{
    // Of what may be used: a packed gallery larger than this is passed over in groups, which take as much as the cosines made of them.
    private const double PackedShare = 0.5;
    private const double GroupShare = 0.25;

    private readonly FeatureMatrix _query;
    private readonly FeatureMatrix _gallery;
    private readonly int _depth;
    private readonly bool _hasCosines;
    private readonly bool _multiplies;
    private readonly long _packedBytes;
    private readonly long _rowBytes;

    /// <param name="query">n_q x d.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="depth">Gallery rows to keep a query.</param>
    /// <param name="hasCosines">Whether the query x gallery cosines are there already.</param>
    /// <param name="multiplies">Whether all of them will be needed.</param>
    /// <param name="kernels">The kernels.</param>
    public RankingMemory(FeatureMatrix query, FeatureMatrix gallery, int depth, bool hasCosines, bool multiplies, CpuKernels kernels)
    {
        (_query, _gallery, _depth, _hasCosines, _multiplies) = (query, gallery, depth, hasCosines, multiplies && !hasCosines);
        long limit = MemoryBudget.OfMachine().Limit;
        long blockBytes = ExactTiles.BytesPerBlock(gallery.Dimension);
        _packedBytes = RowBlock.CountFor(gallery.RowCount) * blockBytes;
        _rowBytes = (long)gallery.RowCount * sizeof(float);
        PassesGallery = !hasCosines && _packedBytes > (kernels.PackedGalleryBytes ?? (long)(limit * PackedShare));
        long groupBytes = kernels.PackedGalleryBytes ?? (long)(limit * GroupShare);
        GroupBlocks = (int)Math.Clamp(groupBytes / blockBytes, 1, RowBlock.CountFor(gallery.RowCount));
        QueriesAtATime = (int)Math.Clamp(groupBytes / _rowBytes, Math.Min(TileMultiplier.TileSize, query.RowCount), query.RowCount);
    }

    /// <summary>Whether the gallery is passed over in groups, once for some queries, since it cannot be packed whole.</summary>
    public bool PassesGallery { get; }

    /// <summary>Queries that share a pass.</summary>
    public int QueriesAtATime { get; }

    /// <summary>Gallery blocks packed at a time in a pass.</summary>
    public int GroupBlocks { get; }

    /// <summary>The bytes of the result.</summary>
    public long ResultBytes => (long)_query.RowCount * _depth * (sizeof(int) + sizeof(float));

    /// <summary>The bytes of the stage that are not there yet when it begins.</summary>
    public long Bytes => ResultBytes - (_hasCosines && _depth == _gallery.RowCount ? ResultBytes / 2 : 0) + WorkBytes;

    private long WorkBytes => !_multiplies
        ? 0
        : PassesGallery
            ? (GroupBlocks * ExactTiles.BytesPerBlock(_gallery.Dimension)) + (QueriesAtATime * _rowBytes)
            : _packedBytes;

    /// <exception cref="GnnReRankException">The stage does not fit.</exception>
    public void Require() => MemoryBudget.OfMachine().Require(
        Bytes, "RankingTooLarge",
        FormattableString.Invariant($"A ranking of {_query.RowCount:N0} queries x {_depth:N0} gallery rows") +
        (_multiplies ? ", with what the cosines take," : string.Empty),
        "Keep fewer gallery rows a query (-Top), or rank fewer queries at a time.");
}
