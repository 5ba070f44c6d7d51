using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>What the neighbour search holds beside the features, planned before it begins.</summary>
internal sealed class NeighborMemory
{
    // A mapped file is read once a group, so a group takes what it can get and leaves the rest to the file's pages.
    private const double MappedShare = 0.5;

    private readonly long _vertexCount;
    private readonly ListNeeds _needs;
    private readonly bool _isCoarse;
    private readonly long _bytesPerBlock;

    /// <param name="query">n_q x d, or null.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="needs">What to find.</param>
    /// <param name="kernels">The kernels of the search.</param>
    /// <param name="keepsCosines">Whether the query x gallery cosines must be exact.</param>
    public NeighborMemory(FeatureMatrix? query, FeatureMatrix gallery, ListNeeds needs, CpuKernels kernels, bool keepsCosines)
    {
        _vertexCount = (query?.RowCount ?? 0L) + gallery.RowCount;
        _needs = needs.FitTo((int)_vertexCount);
        _isCoarse = kernels.CoarseFor(gallery.Dimension) is not null;
        _bytesPerBlock = !_isCoarse
            ? ExactTiles.BytesPerBlock(gallery.Dimension)
            : CoarseTiles.BytesPerBlock(gallery.Dimension, keepsCosines);
        IsMapped = gallery.IsMemoryMapped || query is { IsMemoryMapped: true };
        long groupBytes = IsMapped ? (long)(MemoryBudget.OfMachine().Limit * MappedShare) : kernels.ColumnBytes;
        GroupBlocks = (int)Math.Clamp(groupBytes / _bytesPerBlock, 1, RowBlock.CountFor((int)_vertexCount));
    }

    /// <summary>Whether rows are read from a mapped file, each pass over them costing as much as reading it.</summary>
    public bool IsMapped { get; }

    /// <summary>Column blocks packed at a time.</summary>
    public int GroupBlocks { get; }

    /// <summary>The bytes of the stage, its result included.</summary>
    public long Bytes => ListCounts.Sum(count => TopKReservoirs.BytesFor((int)_vertexCount, count - 1) + GraphBytes(count)) +
        LeastBytes + (GroupBlocks * _bytesPerBlock);

    private long LeastBytes => !_needs.LeastCosines
        ? 0
        : (_vertexCount * 2 * sizeof(float)) + (_isCoarse ? RowMinima.CandidateBytes((int)_vertexCount) : 0);

    private IEnumerable<int> ListCounts =>
        new[] { _needs.NeighborCount, _needs.OwnCameraCount, _needs.OtherCamerasCount }.Where(count => count > 0);

    private long GraphBytes(int count) => _vertexCount * count * (sizeof(int) + sizeof(float));

    /// <exception cref="GnnReRankException">The stage does not fit.</exception>
    public void Require(MemoryBudget budget)
    {
        int neighborCount = ListCounts.DefaultIfEmpty(0).Max();
        long entries = _vertexCount * neighborCount;
        string what = FormattableString.Invariant($"A graph of {_vertexCount:N0} vertices x {neighborCount:N0} neighbours");
        const string advice = "Ask for fewer neighbours (the paper uses 26 to 60), or use fewer rows.";
        if (entries > Array.MaxLength)
        {
            throw new GnnReRankException(
                "GraphTooLarge", ErrorKind.TooLarge,
                FormattableString.Invariant($"{what} has {entries:N0} entries: at most {Array.MaxLength:N0} can be held. {advice}"));
        }

        budget.Require(Bytes, "GraphTooLarge", what + ", with what finds them,", advice);
    }
}
