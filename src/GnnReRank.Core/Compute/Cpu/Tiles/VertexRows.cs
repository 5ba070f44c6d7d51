using GnnReRank.Storage;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>The rows of one matrix, or of several one after the other, as float32 and pinned for the kernels.</summary>
internal sealed unsafe class VertexRows : IDisposable
{
    private readonly FeatureMatrix[] _matrices;
    private readonly PinnedRows[] _pinned;

    // Where each matrix begins, and the end.
    private readonly int[] _starts;

    // Of the first matrix and of the last, which are all that most jobs have.
    private readonly PinnedRows _first;
    private readonly PinnedRows _last;
    private readonly int _firstEnd;
    private readonly int _lastStart;

    public VertexRows(FeatureMatrix? first, FeatureMatrix second)
        : this(first is null ? [second] : [first, second], first?.RowCount ?? 0)
    {
    }

    /// <param name="matrices">Matrices of one dimension, one at least.</param>
    /// <param name="firstCount">How many of their rows, from the first on, are queries.</param>
    public VertexRows(IReadOnlyList<FeatureMatrix> matrices, int firstCount)
    {
        _matrices = [.. matrices];
        FirstCount = firstCount;
        Dimension = _matrices[^1].Dimension;
        _starts = new int[_matrices.Length + 1];
        _pinned = new PinnedRows[_matrices.Length];
        for (int matrix = 0; matrix < _matrices.Length; matrix++)
        {
            _matrices[matrix].Storage.RequireUnchanged();
            _starts[matrix + 1] = checked(_starts[matrix] + _matrices[matrix].RowCount);
            _pinned[matrix] = _matrices[matrix].Comparable.Pin();
            NeedsScratch |= !_pinned[matrix].IsDirect;
        }

        (_first, _last, _firstEnd, _lastStart) = (_pinned[0], _pinned[^1], _starts[1], _starts[^2]);
    }

    public int Count => _starts[^1];

    /// <summary>Rows that are queries, which come first.</summary>
    public int FirstCount { get; }

    public int Dimension { get; }

    /// <summary>Whether a row may have to be widened before use.</summary>
    public bool NeedsScratch { get; }

    /// <summary>A row's values: the stored ones where they are float32, in memory or in a file; otherwise widened into the scratch.</summary>
    /// <param name="vertex">0-based vertex.</param>
    /// <param name="scratch">Room for <see cref="Dimension"/> values; may be null where <see cref="NeedsScratch"/> is false.</param>
    public float* Row(int vertex, float* scratch)
    {
        if (vertex < _firstEnd)
        {
            return _first.Row(vertex, scratch);
        }

        if (vertex >= _lastStart)
        {
            return _last.Row(vertex - _lastStart, scratch);
        }

        int matrix = MatrixOf(vertex);
        return _pinned[matrix].Row(vertex - _starts[matrix], scratch);
    }

    public float InverseNorm(int vertex)
    {
        int matrix = vertex < _firstEnd ? 0 : vertex >= _lastStart ? _matrices.Length - 1 : MatrixOf(vertex);
        return _matrices[matrix].Factors[vertex - _starts[matrix]];
    }

    public void Dispose() => Array.ForEach(_pinned, rows => rows.Dispose());

    // No matrix is empty, so no two begin at one place.
    private int MatrixOf(int vertex)
    {
        int found = Array.BinarySearch(_starts, vertex);
        return found >= 0 ? found : ~found - 1;
    }
}
