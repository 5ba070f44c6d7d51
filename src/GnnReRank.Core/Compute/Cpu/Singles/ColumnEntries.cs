using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// The entries in some columns of S = (I + E) H0, the first layer of a gallery before it is divided by norms, row by
/// row: an entry may come in several parts. One thread's.
/// </summary>
/// <param name="matrices">H0 and E of the gallery.</param>
internal sealed unsafe class ColumnEntries(ResidualMatrices matrices)
{
    private readonly int[] _starts = new int[matrices.Start.Count];
    private readonly int[] _ends = new int[matrices.Start.Count];
    private readonly RowSet _rows = new(matrices.Start.Count);
    private int[] _columns = [];
    private float[] _values = [];

    /// <summary>Finds them.</summary>
    /// <param name="columns">
    /// The columns; one's place among them is its number. Beyond the gallery is the query, whose column is empty.
    /// </param>
    /// <param name="most">The most entries to hold.</param>
    /// <returns>Whether there were no more.</returns>
    public bool TryFind(ReadOnlySpan<int> columns, long most)
    {
        long total = CountEntries(columns);
        if (total > most)
        {
            return false;
        }

        if (total > _columns.Length)
        {
            _columns = new int[total + (total / 4)];
            _values = new float[_columns.Length];
        }

        int start = 0;
        foreach (int row in _rows.Rows)
        {
            (_starts[row], start) = (start, start + _ends[row]);
            _ends[row] = _starts[row];
        }

        for (int number = 0; number < columns.Length; number++)
        {
            if (columns[number] < matrices.Start.Count)
            {
                WriteColumn(columns[number], number);
            }
        }

        return true;
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        foreach (int row in _rows.Rows)
        {
            _starts[row] = 0;
            _ends[row] = 0;
        }

        _rows.Clear();
    }

    /// <summary>A row times a vector over the numbers of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Dot(int row, float* vector)
    {
        double sum = 0;
        for (int entry = _starts[row]; entry < _ends[row]; entry++)
        {
            sum += _values[entry] * vector[_columns[entry]];
        }

        return sum;
    }

    /// <summary>Counts the entries of each row.</summary>
    private long CountEntries(ReadOnlySpan<int> columns)
    {
        long total = 0;
        foreach (int column in columns)
        {
            if (column == matrices.Start.Count)
            {
                continue;
            }

            for (int entry = 0; entry < matrices.Start.Length(column); entry++)
            {
                int middle = matrices.Start.Indices(column)[entry];
                ReadOnlySpan<int> senders = new(matrices.Reversed!.Indices(middle), matrices.Reversed.Length(middle));
                _rows.Add(middle);
                _ends[middle]++;
                foreach (int sender in senders)
                {
                    _rows.Add(sender);
                    _ends[sender]++;
                }

                total += senders.Length + 1;
            }
        }

        return total;
    }

    /// <summary>H0 is symmetric: its rows are its columns.</summary>
    private void WriteColumn(int column, int number)
    {
        for (int entry = 0; entry < matrices.Start.Length(column); entry++)
        {
            int middle = matrices.Start.Indices(column)[entry];
            float value = matrices.Start.Values(column)[entry];
            int* senders = matrices.Reversed!.Indices(middle);
            float* weights = matrices.Reversed.Values(middle);
            int length = matrices.Reversed.Length(middle);
            Write(middle, number, value);
            for (int edge = 0; edge < length; edge++)
            {
                Write(senders[edge], number, value * weights[edge]);
            }
        }
    }

    private void Write(int row, int number, float value)
    {
        int slot = _ends[row]++;
        _columns[slot] = number;
        _values[slot] = value;
    }
}
