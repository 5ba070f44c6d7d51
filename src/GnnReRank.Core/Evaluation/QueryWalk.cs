namespace GnnReRank.Evaluation;

/// <summary>Walks one query's list once and takes every figure on the way.</summary>
internal static class QueryWalk
{
    /// <param name="ranking">The ranking.</param>
    /// <param name="query">0-based query row.</param>
    /// <param name="rule">What is good and what is junk.</param>
    /// <param name="apKind">The kind of average precision.</param>
    /// <param name="rankedCount">How many images of the list count, junk removed; the whole list's worth once every good one is found.</param>
    public static QueryAccuracy Take(Ranking ranking, int query, IRelevanceRule rule, ApKind apKind, out int rankedCount)
    {
        int goodCount = rule.CountGood(query);
        int found = 0;
        int rank = 0;
        int? first = null;
        double precisionSum = 0;
        ReadOnlySpan<int> list = ranking.GetIndexSpan(query);
        for (int position = 0; position < list.Length && found < goodCount; position++)
        {
            Relevance relevance = rule.Judge(query, list[position]);
            if (relevance == Relevance.Good)
            {
                precisionSum += PrecisionTerm(apKind, found, rank);
                found++;
                first ??= rank + 1;
            }

            rank += relevance == Relevance.Junk ? 0 : 1;
        }

        rankedCount = first is null ? rank : ranking.Depth;
        return new QueryAccuracy
        {
            QueryIndex = query,
            QueryName = ranking.Query.HasNames ? ranking.Query.NameSpan[query] : null,
            QueryLabel = ranking.Query.LabelSpan[query],
            GoodCount = goodCount,
            AveragePrecision = goodCount == 0 ? null : precisionSum / Math.Min(goodCount, ranking.Depth),
            FirstMatchRank = first,
            InversePenalty = goodCount > 0 && found == goodCount ? (double)goodCount / rank : null,
        };
    }

    /// <summary>What the good image number <paramref name="found"/> (0-based) at 0-based rank <paramref name="rank"/> adds to the sum.</summary>
    private static double PrecisionTerm(ApKind apKind, int found, int rank)
    {
        double at = (found + 1.0) / (rank + 1.0);
        if (apKind == ApKind.Uninterpolated)
        {
            return at;
        }

        double before = rank == 0 ? 1.0 : (double)found / rank;
        return (before + at) / 2;
    }
}
