namespace GnnReRank.GpuKit.Measuring;

/// <summary>What float64 says of some rows of a graph.</summary>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Wrong">
/// Rows that have a neighbour twice, or one at a place whose score by float64 is clearly another.
/// </param>
/// <param name="NearTies">Rows whose order differs from float64's among near ties alone.</param>
/// <param name="LargestError">The largest difference of a listed score from float64's; infinite for no number.</param>
/// <param name="Tolerance">What scores may differ by.</param>
internal sealed record GraphCheck(int Rows, int Wrong, int NearTies, double LargestError, double Tolerance)
{
    /// <summary>What float32 sums of a few thousand products may differ by, many times over.</summary>
    public const double NearTie = 5e-6;

    /// <summary>Twice what scores of halves of 2,048 values may differ by, and some more.</summary>
    public const double NearTieOfHalves = 4e-3;

    public bool Passes => Wrong == 0 && LargestError < Tolerance;

    /// <summary>Compares rows of a graph, spread over all, with float64.</summary>
    public static GraphCheck Of(JobFeatures job, NeighborGraph graph, int rows, double tolerance = NearTie)
    {
        (bool Wrong, bool Tie, double Error)[] found = new (bool, bool, double)[Math.Min(rows, graph.VertexCount)];
        double[] norms = new double[graph.VertexCount];
        Parallel.For(0, norms.Length, vertex => norms[vertex] = Math.Sqrt(Dot(job.Row(vertex), job.Row(vertex))));
        Parallel.For(0, found.Length, at =>
            found[at] = Compare(job, graph, (int)((long)at * graph.VertexCount / found.Length), norms, tolerance));
        return new GraphCheck(
            found.Length, found.Count(row => row.Wrong), found.Count(row => row.Tie), found.Max(row => row.Error),
            tolerance);
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Rows} rows: {Wrong} wrong, {NearTies} with other near ties, scores off by {LargestError:0.0e0}");

    private static (bool Wrong, bool Tie, double Error) Compare(
        JobFeatures job, NeighborGraph graph, int row, double[] norms, double tolerance)
    {
        double[] scores = new double[norms.Length];
        for (int other = 0; other < scores.Length; other++)
        {
            scores[other] = Dot(job.Row(row), job.Row(other)) / (norms[row] * norms[other]);
        }

        // A vertex is its own first neighbour, whatever its copies score.
        double self = scores[row];
        scores[row] = 2;
        int count = graph.NeighborCount;
        int[] expected = [.. Enumerable.Range(0, scores.Length).OrderByDescending(other => scores[other]).Take(count)];
        ReadOnlySpan<int> listed = graph.IndexSpan.Slice(row * count, count);
        double error = 0;
        bool isWrong = listed.ToArray().Distinct().Count() < count;
        for (int place = 0; place < count; place++)
        {
            int other = listed[place];
            double true64 = (uint)other < (uint)scores.Length ? scores[other] : double.NaN;

            // Written so that NaN is wrong.
            isWrong |= !(Math.Abs(true64 - scores[expected[place]]) <= tolerance);
            double difference = (other == row ? self : true64) - graph.ScoreSpan[(row * count) + place];
            error = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(error, Math.Abs(difference));
        }

        return (isWrong, !isWrong && !listed.SequenceEqual(expected), error);
    }

    private static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        // Four sums, so that additions need not wait for each other.
        double a = 0, b = 0, c = 0, d = 0;
        int at = 0;
        for (; at + 4 <= x.Length; at += 4)
        {
            a += (double)x[at] * y[at];
            b += (double)x[at + 1] * y[at + 1];
            c += (double)x[at + 2] * y[at + 2];
            d += (double)x[at + 3] * y[at + 3];
        }

        for (; at < x.Length; at++)
        {
            a += (double)x[at] * y[at];
        }

        return a + b + c + d;
    }
}
