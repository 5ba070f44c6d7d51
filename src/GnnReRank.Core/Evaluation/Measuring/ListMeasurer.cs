namespace GnnReRank.Evaluation.Measuring;

/// <summary>Measures each query's one list.</summary>
internal sealed class ListMeasurer(EvaluationPlan plan) : IQueryMeasurer
{
    private readonly Ranking _ranking = plan.Ranking;
    private readonly GoodRankFinder _finder = new(plan.Rule, plan.Ranking.GalleryCount);

    public QueryOutcome Measure(int query)
    {
        ReadOnlySpan<int> list = _ranking.GetIndexSpan(query);
        bool isValid = _finder.TryFind(query, list, plan.Depth, out GoodRanks ranks);
        if (list.Length < plan.Longest)
        {
            ranks = ranks.Ended(plan.Depth);
        }

        QueryAccuracy accuracy = new()
        {
            QueryIndex = query,
            QueryName = _ranking.Query.HasNames ? _ranking.Query.NameSpan[query] : null,
            QueryLabel = _ranking.Query.HasLabels ? _ranking.Query.LabelSpan[query] : null,
            GoodCount = plan.Rule.CountGood(query),
        };
        if (!isValid)
        {
            return new QueryOutcome(accuracy, []);
        }

        accuracy = accuracy with
        {
            AveragePrecision = ranks.AveragePrecision(plan.ApKind, plan.MostGood),
            FirstMatchRank = ranks.First + 1,
            Rank1 = ranks.KnownRanks == 0 ? null : ranks.First == 0 ? 1 : 0,
            InversePenalty = ranks.InversePenalty,
            MapAtR = plan.Traits.MeasuresFirstR ? ranks.MapAtR : null,
            RPrecision = plan.Traits.MeasuresFirstR ? ranks.RPrecision : null,
            Precisions = PrecisionsOf(ranks),
        };
        return new QueryOutcome(accuracy, [new FirstMatch(ranks.First, ranks.KnownRanks)]);
    }

    public void Dispose()
    {
    }

    private List<PrecisionAtRank> PrecisionsOf(GoodRanks ranks)
    {
        List<PrecisionAtRank> precisions = [];
        foreach (int rank in plan.Traits.PrecisionRanks)
        {
            if (ranks.PrecisionAt(rank) is double precision)
            {
                precisions.Add(new PrecisionAtRank(rank, precision));
            }
        }

        return precisions;
    }
}
