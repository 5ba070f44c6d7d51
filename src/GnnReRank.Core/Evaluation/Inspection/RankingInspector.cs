using GnnReRank.Evaluation.Measuring;
using GnnReRank.Evaluation.Protocols;

namespace GnnReRank;

/// <summary>Looks into a ranking: the head of a query's list, with what is good, wrong and junk by the rules that measure it.</summary>
public static class RankingInspector
{
    /// <summary>Takes the heads of some lists.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="queries">0-based query rows, in the order they are wanted.</param>
    /// <param name="top">
    /// How many images of each list to take; at least 1. Where all of them are junk, the first after them that is not is taken too.
    /// </param>
    /// <param name="settings">The protocol and its options; null takes the defaults, and no marks where a matrix has no labels.</param>
    /// <param name="before">A ranking of the same queries and gallery to say where images were before; null for none.</param>
    /// <returns>One query after the other, worked out as it is asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A query is outside the ranking, or <paramref name="top"/> is below 1.</exception>
    /// <exception cref="GnnReRankException">The protocol lacks something it needs, or the other ranking is of other images.</exception>
    public static IEnumerable<RankedQuery> Inspect(
        Ranking ranking, IReadOnlyList<int> queries, int top, EvaluationSettings? settings = null, Ranking? before = null)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        foreach (int query in queries)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(query, nameof(queries));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(query, ranking.QueryCount, nameof(queries));
        }

        if (before is not null)
        {
            CheckSameImages("queries", ranking.Query, before.Query);
            CheckSameImages("gallery", ranking.Gallery, before.Gallery);
        }

        settings ??= new EvaluationSettings();
        bool isMarked = settings.Protocol is not null || settings.GroundTruth is not null ||
            (ranking.Query.HasLabels && ranking.Gallery.HasLabels);
        EvaluationPlan? plan = isMarked ? new EvaluationPlan(ranking, settings) : null;
        EvaluationPlan? planBefore = isMarked && before is not null ? new EvaluationPlan(before, settings) : null;
        return Inspect(ranking, queries, top, plan, before, planBefore);
    }

    private static IEnumerable<RankedQuery> Inspect(
        Ranking ranking, IReadOnlyList<int> queries, int top, EvaluationPlan? plan, Ranking? before, EvaluationPlan? planBefore)
    {
        using IQueryMeasurer? measurer = plan is null ? null : RetrievalEvaluator.MeasurerOf(plan);
        using IQueryMeasurer? measurerBefore = planBefore is null ? null : RetrievalEvaluator.MeasurerOf(planBefore);
        foreach (int query in queries)
        {
            QueryAccuracy? accuracy = measurer?.Measure(query).Accuracy;
            yield return new RankedQuery
            {
                QueryIndex = query,
                QueryName = ranking.Query.Names?[query],
                QueryLabel = ranking.Query.Labels?[query],
                QueryLabelText = ranking.Query.GetLabelText(query),
                QueryCamera = ranking.Query.Cameras?[query],
                GoodCount = accuracy?.GoodCount,
                AveragePrecision = accuracy?.AveragePrecision,
                AveragePrecisionBefore = measurerBefore?.Measure(query).Accuracy.AveragePrecision,
                FirstMatchRank = accuracy?.FirstMatchRank,
                Settings = ranking.Settings,
                SettingsBefore = before?.Settings,
                Images = Array.AsReadOnly(Places(ranking, query, top, plan?.Rule).Select(place => Image(ranking, query, place, plan?.Rule, before)).ToArray()),
            };
        }
    }

    /// <summary>The first places of a list; where these hold junk alone, also the first that does not, if there is one.</summary>
    private static IEnumerable<int> Places(Ranking ranking, int query, int top, IRelevanceRule? rule)
    {
        ReadOnlySpan<int> list = ranking.GetIndexSpan(query);
        int count = Math.Min(top, list.Length);
        int counted = 0;
        while (rule is not null && counted < list.Length && rule.Judge(query, list[counted]) == Relevance.Junk)
        {
            counted++;
        }

        IEnumerable<int> places = Enumerable.Range(0, count);
        return rule is not null && counted >= count && counted < list.Length ? places.Append(counted) : places;
    }

    private static RankedImage Image(Ranking ranking, int query, int place, IRelevanceRule? rule, Ranking? before)
    {
        int gallery = ranking.GetIndexSpan(query)[place];
        int placeBefore = before is null ? -1 : before.GetIndexSpan(query).IndexOf(gallery);
        return new RankedImage
        {
            Rank = place + 1,
            RankBefore = placeBefore < 0 ? null : placeBefore + 1,
            GalleryIndex = gallery,
            Score = ranking.GetScoreSpan(query)[place],
            Relevance = rule?.Judge(query, gallery),
            GalleryName = ranking.Gallery.Names?[gallery],
            GalleryLabel = ranking.Gallery.Labels?[gallery],
            GalleryLabelText = ranking.Gallery.GetLabelText(gallery),
            GalleryCamera = ranking.Gallery.Cameras?[gallery],
        };
    }

    private static void CheckSameImages(string role, FeatureMatrix now, FeatureMatrix before)
    {
        string? found =
            now.RowCount != before.RowCount ? $"{before.RowCount:N0} rows, and now {now.RowCount:N0}"
            : now.HasLabels && before.HasLabels && !now.LabelSpan.SequenceEqual(before.LabelSpan) ? "other labels"
            : now.HasNames && before.HasNames && !now.NameSpan.SequenceEqual(before.NameSpan) ? "other names"
            : null;
        if (found is not null)
        {
            throw new GnnReRankException(
                "OtherImages", ErrorKind.InvalidArgument,
                $"The ranking before has {found} ({role}): ranks can be compared only between rankings of the same queries and gallery.");
        }
    }
}
