using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Reports;

/// <summary>The shown part of one ranking: the first images of each shown query's list, one query after the other.</summary>
internal sealed class ShownLists
{
    /// <summary>Stands in <see cref="Rows"/> where a list has ended.</summary>
    public const int NoRow = -1;

    private ShownLists(int top, int queryCount, int? compared, bool judged)
    {
        Top = top;
        Compared = compared;
        Rows = new int[top * queryCount];
        Array.Fill(Rows, NoRow);
        Lengths = new int[queryCount];
        Scores = new float[Rows.Length];
        OtherRanks = compared is null ? null : new int[Rows.Length];
        Relevance = judged ? new Relevance[Rows.Length] : null;
    }

    /// <summary>Images a query.</summary>
    public int Top { get; }

    /// <summary>The ranking whose ranks stand beside: the baseline, or for the baseline the first of the others; null where there is one ranking.</summary>
    public int? Compared { get; }

    /// <summary>Gallery rows; <see cref="NoRow"/> behind the end of a list that is shorter than <see cref="Top"/>.</summary>
    public int[] Rows { get; }

    public float[] Scores { get; }

    /// <summary>The length of each shown query's whole list.</summary>
    public int[] Lengths { get; }

    /// <summary>The 1-based rank of each image in the compared ranking; 0 where that list is cut before it.</summary>
    public int[]? OtherRanks { get; }

    /// <summary>What each image is to its query; null where nothing says it.</summary>
    public Relevance[]? Relevance { get; }

    public static ShownLists[] OfAll(
        IReadOnlyList<Ranking> rankings, int baseline, int[] queries, ReportOptions options, IRelevanceRule? rule)
    {
        ShownLists[] all =
        [
            .. rankings.Select((ranking, i) => new ShownLists(
                Math.Min(options.Top, Math.Max(1, ranking.Depth)), queries.Length, ComparedWith(i, baseline, rankings.Count), rule is not null)),
        ];
        int[] ranks = new int[rankings[0].GalleryCount];
        for (int shown = 0; shown < queries.Length; shown++)
        {
            options.Compute.CancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < all.Length; i++)
            {
                all[i].Take(rankings[i], queries[shown], shown, rule);
            }

            foreach (IGrouping<int, ShownLists> group in all.Where(list => list.Compared is not null).GroupBy(list => list.Compared!.Value))
            {
                FillRanks(ranks, rankings[group.Key].GetIndexSpan(queries[shown]));
                foreach (ShownLists list in group)
                {
                    list.TakeRanks(ranks, shown);
                }
            }
        }

        return all;
    }

    private static int? ComparedWith(int ranking, int baseline, int count) =>
        count == 1 ? null : ranking != baseline ? baseline : baseline == 0 ? 1 : 0;

    private static void FillRanks(int[] ranks, ReadOnlySpan<int> list)
    {
        Array.Clear(ranks);
        for (int position = 0; position < list.Length; position++)
        {
            ranks[list[position]] = position + 1;
        }
    }

    private void Take(Ranking ranking, int query, int shown, IRelevanceRule? rule)
    {
        int start = shown * Top;
        Lengths[shown] = ranking.GetDepth(query);
        int count = Math.Min(Top, Lengths[shown]);
        ranking.GetIndexSpan(query)[..count].CopyTo(Rows.AsSpan(start));
        ranking.GetScoreSpan(query)[..count].CopyTo(Scores.AsSpan(start));
        for (int i = start; i < start + count && rule is not null; i++)
        {
            Relevance![i] = rule.Judge(query, Rows[i]);
        }
    }

    private void TakeRanks(int[] ranks, int shown)
    {
        for (int i = shown * Top; i < (shown + 1) * Top; i++)
        {
            OtherRanks![i] = Rows[i] == NoRow ? 0 : ranks[Rows[i]];
        }
    }
}
