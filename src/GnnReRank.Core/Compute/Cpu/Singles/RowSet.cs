namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>Some of the rows, each once, in the order in which they came. One thread's.</summary>
/// <param name="count">All rows.</param>
internal sealed class RowSet(int count)
{
    private readonly bool[] _has = new bool[count];
    private readonly int[] _rows = new int[count];
    private int _length;

    /// <summary>The rows that are in it.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _length);

    public bool Contains(int row) => _has[row];

    /// <summary>Takes a row in; false where it is in already.</summary>
    public bool Add(int row)
    {
        if (_has[row])
        {
            return false;
        }

        _has[row] = true;
        _rows[_length++] = row;
        return true;
    }

    /// <summary>Takes rows in.</summary>
    public void AddAll(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            Add(row);
        }
    }

    /// <summary>Takes nothing out but everything.</summary>
    public void Clear()
    {
        foreach (int row in Rows)
        {
            _has[row] = false;
        }

        _length = 0;
    }
}
