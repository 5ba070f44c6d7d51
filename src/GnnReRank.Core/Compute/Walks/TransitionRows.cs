using GnnReRank.Running;

namespace GnnReRank.Compute.Walks;

/// <summary>
/// The rows of W = (w + w^T) / 2 of some consecutive vertices. All edges at these vertices are counted, then added, in
/// any order; then each row is united.
/// </summary>
/// <param name="first">The first vertex.</param>
/// <param name="count">How many.</param>
/// <param name="options">How the call runs.</param>
internal sealed class TransitionRows(int first, int count, ComputeOptions options)
{
    private const int Chunk = 1024;

    private readonly int[] _starts = new int[count + 1];
    private readonly int[] _lengths = new int[count];
    private int[] _columns = [];
    private double[] _weights = [];

    /// <summary>D^1/2 of each vertex, once they are united; 0 where it has no edges.</summary>
    public double[] Roots { get; } = new double[count];

    /// <summary>An entry of (1 - restart) S~.</summary>
    /// <param name="share">1 - restart.</param>
    /// <param name="weight">The entry of W.</param>
    /// <param name="product">The product of the roots of both ends.</param>
    public static float Normalized(double share, double weight, double product) =>
        product > 0 ? (float)(share * weight / product) : 0f;

    /// <summary>Makes room for an edge, at those of its ends that are here.</summary>
    public void Count(int from, int to)
    {
        if (Has(from))
        {
            _starts[from - first + 1]++;
        }

        if (Has(to))
        {
            _starts[to - first + 1]++;
        }
    }

    /// <summary>Ends the counting.</summary>
    /// <exception cref="OverflowException">There are more edges than an array holds.</exception>
    public void Allocate()
    {
        for (int row = 0; row < count; row++)
        {
            _starts[row + 1] = checked(_starts[row + 1] + _starts[row]);
        }

        _columns = new int[_starts[count]];
        _weights = new double[_starts[count]];
    }

    /// <summary>Adds an edge that was counted: half there and half back, as far as its ends are here.</summary>
    public void Add(int from, int to, double weight)
    {
        if (Has(from))
        {
            Put(from - first, to, weight / 2);
        }

        if (Has(to))
        {
            Put(to - first, from, weight / 2);
        }
    }

    /// <summary>Orders each row, adds up what an edge and the one back share, and takes the root of its sum.</summary>
    public void Unite() => Workers.ForRanges(options.ThreadCount, count, Chunk, (from, to) =>
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        for (int row = from; row < to; row++)
        {
            Unite(row);
            Roots[row] = Math.Sqrt(Sum(WeightsOf(row)));
        }
    });

    /// <summary>The columns of a row, ascending once it is united.</summary>
    /// <param name="row">The vertex, counted from the first.</param>
    public ReadOnlySpan<int> ColumnsOf(int row) => _columns.AsSpan(_starts[row], _lengths[row]);

    /// <summary>The entries of a row.</summary>
    /// <param name="row">The vertex, counted from the first.</param>
    public ReadOnlySpan<double> WeightsOf(int row) => _weights.AsSpan(_starts[row], _lengths[row]);

    private static double Sum(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    private bool Has(int vertex) => (uint)(vertex - first) < (uint)count;

    private void Put(int row, int column, double weight)
    {
        int entry = _starts[row] + _lengths[row]++;
        (_columns[entry], _weights[entry]) = (column, weight);
    }

    private void Unite(int row)
    {
        Span<int> columns = _columns.AsSpan(_starts[row], _lengths[row]);
        Span<double> weights = _weights.AsSpan(_starts[row], _lengths[row]);
        columns.Sort(weights);
        int length = 0;
        for (int entry = 0; entry < columns.Length; entry++)
        {
            if (length > 0 && columns[length - 1] == columns[entry])
            {
                weights[length - 1] += weights[entry];
            }
            else
            {
                (columns[length], weights[length++]) = (columns[entry], weights[entry]);
            }
        }

        _lengths[row] = length;
    }
}
