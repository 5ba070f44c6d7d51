using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Evaluation.Measuring;

/// <summary>
/// Measures each query against galleries of one random image an identity. An image's rank among the drawn is the number of drawn images
/// before it in the query's list, so that a draw costs a look at each identity and not at the whole list.
/// </summary>
/// <remarks>
/// CUHK03: each query draws its own galleries, from the images that are not its identity under its camera. VehicleID: a draw's gallery is
/// the same for all queries, and a query that is itself drawn sits out that draw.
/// </remarks>
internal sealed class SingleShotMeasurer : IQueryMeasurer
{
    private const int NotInList = int.MaxValue;

    private readonly EvaluationPlan _plan;
    private readonly LabelIndex _identities;
    private readonly int[] _positions;
    private readonly List<int> _good = [];
    private readonly List<int> _junk = [];

    // Whether the list at hand ends before others do: what it does not hold was not retrieved, and that is known.
    private bool _listEnds;

    public SingleShotMeasurer(EvaluationPlan plan)
    {
        _plan = plan;
        _identities = new LabelIndex(plan.Ranking.Gallery.LabelSpan);
        _positions = new int[plan.Ranking.GalleryCount];
    }

    public QueryOutcome Measure(int query)
    {
        FeatureMatrix queries = _plan.Ranking.Query;
        _good.Clear();
        _junk.Clear();
        _plan.Rule.Collect(query, _good, _junk);
        QueryAccuracy accuracy = new()
        {
            QueryIndex = query,
            QueryName = queries.HasNames ? queries.NameSpan[query] : null,
            QueryLabel = queries.LabelSpan[query],
            GoodCount = _good.Count,
        };
        if (_good.Count == 0)
        {
            return new QueryOutcome(accuracy, []);
        }

        ReadOnlySpan<int> list = _plan.Ranking.GetIndexSpan(query);
        _listEnds = list.Length < _plan.Longest;
        Place(list);
        FirstMatch[] firsts = Draw(query);
        return new QueryOutcome(firsts.Length == 0 ? accuracy : Averaged(accuracy, firsts), firsts);
    }

    public void Dispose()
    {
    }

    private void Place(ReadOnlySpan<int> list)
    {
        Array.Fill(_positions, NotInList);
        for (int position = 0; position < list.Length; position++)
        {
            _positions[list[position]] = position;
        }
    }

    private FirstMatch[] Draw(int query)
    {
        long label = _plan.Ranking.Query.LabelSpan[query];
        bool ownDraws = _plan.Traits.DrawsForEachQuery;
        int? ownRow = (_plan.Rule as OtherImagesRule)?.OwnRow(query);
        ReadOnlySpan<int> ofQuery = ownDraws ? [.. _good] : _identities.RowsOfLabel(label);
        List<FirstMatch> firsts = [];
        for (int draw = 0; draw < _plan.Draws; draw++)
        {
            ulong key = SeededChoice.Key(_plan.Settings.Seed, ownDraws ? query : 0, draw);
            int match = ofQuery[SeededChoice.Below(ofQuery.Length, key, label)];
            if (match != ownRow)
            {
                int place = _positions[match];
                int before = CountBefore(place, label, key);
                firsts.Add(new FirstMatch(place == NotInList ? null : before, place == NotInList && !_listEnds ? before : int.MaxValue));
            }
        }

        return [.. firsts];
    }

    /// <summary>How many of the other identities' drawn images come before a position.</summary>
    private int CountBefore(int position, long queryLabel, ulong key)
    {
        int count = 0;
        for (int identity = 0; identity < _identities.IdentityCount; identity++)
        {
            long label = _identities.LabelOf(identity);
            if (label != queryLabel && label != LabelRule.JunkLabel)
            {
                ReadOnlySpan<int> rows = _identities.RowsOf(identity);
                count += _positions[rows[SeededChoice.Below(rows.Length, key, label)]] < position ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Means over the draws, each of which holds one good image: its precision and its inverse penalty are 1 / rank.</summary>
    private QueryAccuracy Averaged(QueryAccuracy accuracy, FirstMatch[] firsts)
    {
        double precisions = 0;
        double penalties = 0;
        int matches = 0;
        int known = 0;
        int atOnce = 0;
        foreach (FirstMatch first in firsts)
        {
            known += first.KnownRanks > 0 ? 1 : 0;
            if (first.Rank is int rank)
            {
                double at = 1.0 / (rank + 1);
                double before = rank == 0 ? 1 : 0;
                precisions += _plan.ApKind == ApKind.Uninterpolated ? at : (before + at) / 2;
                penalties += at;
                matches++;
                atOnce += rank == 0 ? 1 : 0;
            }
        }

        return accuracy with
        {
            AveragePrecision = precisions / firsts.Length,
            Rank1 = known == firsts.Length ? (double)atOnce / firsts.Length : null,
            InversePenalty = matches == firsts.Length ? penalties / firsts.Length : null,
        };
    }
}
