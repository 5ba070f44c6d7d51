using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// What one query adds to rows of S = (I + E) H0: few entries each, but for the query's own row, which is all of it.
/// One thread's.
/// </summary>
internal sealed unsafe class RowDifferences : IDisposable
{
    private readonly QueryPatch _patch;
    private readonly ResidualMatrices _matrices;
    private readonly int _query;
    private readonly RowSet _columns;
    private readonly int[] _numbers;
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly NativeBuffer<float> _vector;
    private int[] _entryNumbers = new int[1024];
    private float[] _entryValues = new float[1024];
    private int _length;

    public RowDifferences(ResidualSingles state, QueryPatch patch)
    {
        _patch = patch;
        _matrices = state.Matrices;
        _query = state.VertexCount;
        int count = _query + 1;
        _columns = new RowSet(count);
        _numbers = new int[count];
        _starts = new int[count];
        _ends = new int[count];
        _vector = new NativeBuffer<float>(count, zeroed: true);
    }

    /// <summary>The columns that any of them has an entry in; one's place among them is its number.</summary>
    public ReadOnlySpan<int> Columns => _columns.Rows;

    /// <summary>What was added up: a value a number.</summary>
    public float* Vector => _vector.Pointer;

    /// <summary>Finds them, once the patch has found its own.</summary>
    /// <param name="rows">The rows that the query changed.</param>
    public void Find(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            _starts[row] = _length;
            if (row == _query)
            {
                TakeQuery();
            }
            else
            {
                TakeRow(row);
            }

            _ends[row] = _length;
        }
    }

    /// <summary>Adds a multiple of a row's to <see cref="Vector"/>.</summary>
    /// <returns>By how much the sum of its squares grew.</returns>
    public double Add(int row, double factor)
    {
        double grown = 0;
        for (int entry = _starts[row]; entry < _ends[row]; entry++)
        {
            double value = factor * _entryValues[entry];
            ref float sum = ref _vector.Pointer[_entryNumbers[entry]];
            float before = sum;
            sum = (float)(before + value);
            grown += ((double)sum * sum) - ((double)before * before);
        }

        return grown;
    }

    /// <summary>Makes 0 again what a row added.</summary>
    public void Remove(int row)
    {
        for (int entry = _starts[row]; entry < _ends[row]; entry++)
        {
            _vector.Pointer[_entryNumbers[entry]] = 0;
        }
    }

    /// <summary>Forgets them.</summary>
    /// <param name="rows">The rows that they were found for.</param>
    public void Clear(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            Remove(row);
            (_starts[row], _ends[row]) = (0, 0);
        }

        _columns.Clear();
        _length = 0;
    }

    public void Dispose() => _vector.Dispose();

    private void TakeQuery()
    {
        SparseRows edges = _patch.Edges!;
        Take(_patch.Start, _query, 1);
        for (int edge = 0; edge < edges.Length(_query); edge++)
        {
            Take(_patch.Start, edges.Indices(_query)[edge], edges.Values(_query)[edge]);
        }
    }

    /// <summary>(I + E) of now times what was added to H0, and what was taken from E times H0 of before.</summary>
    private void TakeRow(int row)
    {
        SparseRows edges = _patch.Edges!;
        Take(_patch.Differences, row, 1);
        for (int edge = 0; edge < edges.Length(row); edge++)
        {
            Take(_patch.Differences, edges.Indices(row)[edge], edges.Values(row)[edge]);
        }

        int dropped = _patch.DroppedEdgeOf(row);
        if (dropped >= 0)
        {
            ReadOnlySpan<int> before = new(_matrices.Edges!.Indices(row), _matrices.Edges.Length(row));
            int edge = before.IndexOf(dropped);
            if (edge >= 0)
            {
                Take(_matrices.Start, dropped, -_matrices.Edges.Values(row)[edge]);
            }
        }
    }

    private void Take(SparseRows rows, int row, float factor)
    {
        int length = rows.Length(row);
        if (_length + length > _entryNumbers.Length)
        {
            Array.Resize(ref _entryNumbers, Math.Max(2 * _entryNumbers.Length, _length + length));
            Array.Resize(ref _entryValues, _entryNumbers.Length);
        }

        for (int entry = 0; entry < length; entry++)
        {
            int column = rows.Indices(row)[entry];
            if (_columns.Add(column))
            {
                _numbers[column] = _columns.Rows.Length - 1;
            }

            _entryNumbers[_length] = _numbers[column];
            _entryValues[_length++] = factor * rows.Values(row)[entry];
        }
    }
}
