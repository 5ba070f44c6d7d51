using GnnReRank.Evaluation.Protocols;
using GnnReRank.Running;

namespace GnnReRank.Reports;

/// <summary>
/// The mean over valid queries of the interpolated precision at 101 recall levels 0, 0.01, ... 1: at level r, the largest precision at
/// any recall of r or more. Junk is taken out first. A level that a cut list does not reach counts 0.
/// </summary>
internal static class PrecisionRecallCurve
{
    /// <summary>The number of recall levels.</summary>
    public const int LevelCount = 101;

    // Queries a thread takes at a time.
    private const int Chunk = 16;

    /// <param name="ranking">The ranking.</param>
    /// <param name="rule">What is good and what is junk.</param>
    /// <param name="depth">How many ranks of each list count.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static double[] Of(Ranking ranking, IRelevanceRule rule, int depth, ComputeOptions options)
    {
        double[][] curves = new double[ranking.QueryCount][];
        Workers.ForRanges(options.ThreadCount, ranking.QueryCount, Chunk, (from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            for (int query = from; query < to; query++)
            {
                ReadOnlySpan<int> list = ranking.GetIndexSpan(query);
                curves[query] = OfQuery(list[..Math.Min(depth, list.Length)], query, rule);
            }
        });

        // In the order of the queries: the sum does not depend on the threads.
        double[] mean = new double[LevelCount];
        int valid = 0;
        foreach (double[] curve in curves.Where(curve => curve.Length > 0))
        {
            valid++;
            for (int level = 0; level < LevelCount; level++)
            {
                mean[level] += curve[level];
            }
        }

        return [.. mean.Select(sum => sum / valid)];
    }

    /// <returns>The precision at each level; empty for a query without a good image.</returns>
    private static double[] OfQuery(ReadOnlySpan<int> list, int query, IRelevanceRule rule)
    {
        int goodCount = rule.CountGood(query);
        if (goodCount == 0)
        {
            return [];
        }

        List<double> precisions = PrecisionsAtGood(list, query, rule, goodCount);
        double[] curve = new double[LevelCount];
        double best = 0;
        int next = precisions.Count;
        for (int level = LevelCount - 1; level >= 0; level--)
        {
            // The fewest good images that make this recall, in whole numbers: 0.07 x 100 is not 7 in binary fractions.
            int needed = Math.Max(1, (int)(((long)level * goodCount + LevelCount - 2) / (LevelCount - 1)));
            while (next >= needed)
            {
                best = Math.Max(best, precisions[--next]);
            }

            curve[level] = best;
        }

        return curve;
    }

    private static List<double> PrecisionsAtGood(ReadOnlySpan<int> list, int query, IRelevanceRule rule, int goodCount)
    {
        List<double> precisions = [];
        int rank = 0;
        for (int position = 0; position < list.Length && precisions.Count < goodCount; position++)
        {
            Relevance relevance = rule.Judge(query, list[position]);
            rank += relevance == Relevance.Junk ? 0 : 1;
            if (relevance == Relevance.Good)
            {
                precisions.Add((precisions.Count + 1.0) / rank);
            }
        }

        return precisions;
    }
}
