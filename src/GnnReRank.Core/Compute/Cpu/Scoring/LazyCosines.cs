using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>
/// Cosines multiplied one by one where few are asked for, and in whole blocks from the moment when that is less work; one thread's.
/// </summary>
/// <param name="queries">All queries.</param>
/// <param name="gallery">The whole gallery.</param>
/// <param name="createBlock">Makes what multiplies whole blocks; called at most once.</param>
internal sealed class LazyCosines(VertexRows queries, VertexRows gallery, Func<IQueryCosines> createBlock) : IQueryCosines
{
    // A cosine alone costs about as much as so many in a block.
    private const int CostAlone = 16;

    private readonly ExactDots _dots = new(queries, gallery);
    private IQueryCosines? _block;
    private bool _isBlockReady;
    private int _first;
    private int _count;
    private long _taken;
    private CancellationToken _cancellationToken;

    public void Prepare(int first, int count, CancellationToken cancellationToken)
    {
        _first = first;
        _count = count;
        _cancellationToken = cancellationToken;
        _isBlockReady = false;
        _taken = 0;
    }

    public Span<float> Row(int query) => Block().Row(query);

    public void Take(int query, ReadOnlySpan<int> rows, Span<float> cosines)
    {
        _taken += rows.Length;
        if (_isBlockReady || _taken * CostAlone > (long)_count * gallery.Count)
        {
            Block().Take(query, rows, cosines);
        }
        else
        {
            _dots.Multiply(query, rows, cosines);
        }
    }

    public void Dispose()
    {
        _dots.Dispose();
        _block?.Dispose();
    }

    private IQueryCosines Block()
    {
        _block ??= createBlock();
        if (!_isBlockReady)
        {
            _block.Prepare(_first, _count, _cancellationToken);
            _isBlockReady = true;
        }

        return _block;
    }
}
