using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>What a ranking holds beside the features, planned before it begins.</summary>
internal sealed class RankingMemory
{
    // Of what may be used: a packed gallery larger than this is passed over in groups, which take as much as the
    // cosines made of them.
    private const double PackedShare = 0.5;
    private const double GroupShare = 0.25;

    // In a room of its own a ranking passes over the gallery as seldom as it can: the cosines get what the group can do
    // without. Fewer queries than a scorer's group would leave lanes idle.
    private const long MostGroupBytes = 256 << 20;
    private const double RoomGroupShare = 0.125;
    private const double RoomCosineShare = 0.75;
    private const int LeastQueries = 16;

    private readonly RankingShape _shape;
    private readonly RankingRoom? _room;
    private readonly bool _hasCosines;
    private readonly bool _multiplies;
    private readonly long? _mostPackedBytes;
    private readonly long _blockBytes;
    private readonly long _packedBytes;
    private readonly long _rowBytes;

    /// <param name="shape">The ranking.</param>
    /// <param name="hasCosines">Whether the query x gallery cosines will be there already.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="room">What it may take; null takes what the machine has left.</param>
    public RankingMemory(RankingShape shape, bool hasCosines, CpuKernels kernels, RankingRoom? room = null)
    {
        (_shape, _hasCosines, _multiplies) = (shape, hasCosines, shape.NeedsAllCosines && !hasCosines);
        _room = room;
        _mostPackedBytes = kernels.PackedGalleryBytes;
        _blockBytes = ExactTiles.BytesPerBlock(shape.Dimension);
        _packedBytes = RowBlock.CountFor(shape.GalleryCount) * _blockBytes;
        _rowBytes = (long)shape.GalleryCount * sizeof(float);
        Plan();
    }

    /// <summary>
    /// Whether the gallery is passed over in groups, once for some queries, since it cannot be packed whole.
    /// </summary>
    public bool PassesGallery { get; private set; }

    /// <summary>Queries that share a pass.</summary>
    public int QueriesAtATime { get; private set; }

    /// <summary>Gallery blocks packed at a time in a pass.</summary>
    public int GroupBlocks { get; private set; }

    /// <summary>The most threads that score.</summary>
    public int MostThreads => _room?.Threads ?? int.MaxValue;

    /// <summary>The bytes of the stage that are not there yet when it begins.</summary>
    public long Bytes =>
        _shape.ResultBytes - (_hasCosines && _shape.IsFull ? _shape.ResultBytes / 2 : 0) + WorkBytes;

    /// <summary>The bytes beside the result.</summary>
    public long WorkBytes => !_multiplies
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
            FormattableString.Invariant($"A ranking of {_shape.QueryCount:N0} queries x ") +
            FormattableString.Invariant($"{_shape.Depth:N0} gallery rows") +
            (_multiplies ? ", with what the cosines take," : string.Empty),
            "Keep fewer gallery rows a query (-Top), or rank fewer queries at a time.");
    }

    private void Plan()
    {
        if (_room is null)
        {
            PlanFor(MemoryBudget.OfMachine().Limit);
        }
        else
        {
            PlanFor(_room);
        }
    }

    private void PlanFor(long limit)
    {
        PassesGallery = !_hasCosines && _packedBytes > (_mostPackedBytes ?? (long)(limit * PackedShare));
        long groupBytes = _mostPackedBytes ?? (long)(limit * GroupShare);
        GroupBlocks = BlocksIn(groupBytes);
        QueriesAtATime = QueriesIn(groupBytes, TileMultiplier.TileSize);
    }

    private void PlanFor(RankingRoom room)
    {
        PassesGallery = !_hasCosines && _packedBytes > (long)(room.Bytes * PackedShare);
        GroupBlocks = BlocksIn(Math.Min((long)(room.Bytes * RoomGroupShare), MostGroupBytes));
        QueriesAtATime = QueriesIn((long)(room.Bytes * RoomCosineShare), LeastQueries);
    }

    private int BlocksIn(long bytes) =>
        (int)Math.Clamp(bytes / _blockBytes, 1, RowBlock.CountFor(_shape.GalleryCount));

    private int QueriesIn(long bytes, int least) =>
        (int)Math.Clamp(bytes / _rowBytes, Math.Min(least, _shape.QueryCount), _shape.QueryCount);
}
