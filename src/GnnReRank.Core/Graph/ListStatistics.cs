using GnnReRank.Running;

namespace GnnReRank.Graph;

/// <summary>What the lists of a neighbour graph tell of the data, without a label.</summary>
internal sealed class ListStatistics
{
    private const int Chunk = 256;

    // Positions of a list, the vertex itself at 0: the spread is between the nearest other row and one far down the list.
    private const int NearPosition = 1;
    private const int FarPosition = 60;

    private readonly double[] _reciprocity;

    private ListStatistics(double[] reciprocity, double spread) => (_reciprocity, Spread) = (reciprocity, spread);

    /// <summary>The longest lists that are looked at.</summary>
    public int Length => _reciprocity.Length - 1;

    /// <summary>Delta: the median over rows of the cosine with the nearest other row less that with the sixtieth.</summary>
    public double Spread { get; }

    /// <summary>R(k): the mean share of a row's k - 1 nearest others that have the row among their own k - 1.</summary>
    /// <param name="k">List length, the vertex itself included: 2 to <see cref="Length"/>.</param>
    public double Reciprocity(int k) => _reciprocity[k];

    /// <summary>Looks at the first rows of each list.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="length">How many rows of a list to look at, itself included; fewer where lists are shorter.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ListStatistics Of(NeighborGraph graph, int length, ComputeOptions options)
    {
        length = Math.Min(length, graph.NeighborCount);
        long[] mutualFrom = new long[length + 1];
        float[] spreads = new float[graph.VertexCount];
        Workers.ForRanges(options.ThreadCount, graph.VertexCount, Chunk, (from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            long[] own = new long[length + 1];
            for (int vertex = from; vertex < to; vertex++)
            {
                CountMutual(graph, vertex, length, own);
                ReadOnlySpan<float> scores = graph.GetScoreSpan(vertex);
                spreads[vertex] = length < 2 ? 0 : scores[NearPosition] - scores[Math.Min(FarPosition, length - 1)];
            }

            for (int k = 0; k <= length; k++)
            {
                Interlocked.Add(ref mutualFrom[k], own[k]);
            }
        });
        Array.Sort(spreads);
        return new ListStatistics(Shares(mutualFrom, graph.VertexCount), spreads[spreads.Length / 2]);
    }

    /// <summary>Counts each of a row's neighbours at the shortest list length at which both are on each other's list.</summary>
    private static void CountMutual(NeighborGraph graph, int vertex, int length, long[] mutualFrom)
    {
        ReadOnlySpan<int> row = graph.GetNeighborSpan(vertex)[..length];
        for (int position = 1; position < length && row[position] >= 0; position++)
        {
            int back = graph.GetNeighborSpan(row[position])[..length].IndexOf(vertex);
            if (back >= 0)
            {
                mutualFrom[Math.Max(position, back) + 1]++;
            }
        }
    }

    private static double[] Shares(long[] mutualFrom, int vertexCount)
    {
        double[] shares = new double[mutualFrom.Length];
        long mutual = 0;
        for (int k = 2; k < shares.Length; k++)
        {
            mutual += mutualFrom[k];
            shares[k] = (double)mutual / ((long)vertexCount * (k - 1));
        }

        return shares;
    }
}
