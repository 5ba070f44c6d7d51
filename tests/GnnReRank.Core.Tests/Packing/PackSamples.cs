using System.Collections;
using System.Globalization;
using System.Reflection;
using GnnReRank.Tests.Evaluation;
using GnnReRank.Tests.Formats;

namespace GnnReRank.Tests.Packing;

/// <summary>Small objects of each kind that is packed, and all that can be seen of one.</summary>
internal static class PackSamples
{
    private static readonly FeatureMatrix s_query = Formulas.Read("f2.npy", new FeatureReadOptions { Role = FeatureRole.Query });
    private static readonly FeatureMatrix s_gallery = new(FeatureSamples.Values(8, 5), 8, 5, [1, 2, 1, 2, 1, 2, -1, 0], names: ["a", "\ud800", "", "d", "e", "f", "g", "h"]);

    public static Ranking Ranking { get; } = new GnnReRanker(new GnnReRankSettings { K1 = 6, Lambda = 0.25, Variant = GnnVariant.Reference })
        .ReRank(s_query, s_gallery, top: 5);

    private static readonly RetrievalAccuracy s_before = Measured([0, 1, 2], [0, 1, 2], [0, 1, 2]);
    private static readonly RetrievalAccuracy s_after = Measured([1, 0, 2], [1, 0, 2], [2, 0, 1]);

    public static IEnumerable<object> All { get; } =
    [
        s_query,
        FeatureSamples.Known(FeatureRole.Gallery),
        FeatureMatrix.Adopt(
            FeatureSamples.Known().Storage, [5, 6, 5, 6, 5, 6, 7], null, null, FeatureRole.None, null, inverseNorms: null,
            new Dictionary<long, string> { [5] = "cat", [6] = "dog" }.AsReadOnly()),
        FeatureTransformer.Learn(
            [new FeatureMatrix([1, 2, 3, 4, 5, 7], 3, 2, cameras: [4, 9, 4])],
                new FeatureTransformOptions { CenterCamera = true, Components = 1, Whiten = true }),
        NeighborSearch.Build(null, FeatureSamples.Known(), 4),
        NeighborSearch.Build(s_query, s_gallery, 3),
        new NeighborGraph([0, 1, 1, -1], [1, 0.5f, 1, 0], 2, 2, source: "a file"),
        Ranking,
        s_before,
        RetrievalEvaluator.Measure(HandRanking.OfItself([1, 1, 2, 2], [0, 1, 2, 3], [1, 0, 2, 3], [2, 3, 0, 1], [3, 1, 2, 0])),
        RetrievalEvaluator.Measure(HandRanking.Of([1, 2], [1, 1], [1, 2, 1], [2, 2, 1], [0, 1], [0, 1])),
        RetrievalEvaluator.Measure(HandRanking.Of([1, 2], null, [1, 2, 1], null, [0, 1, 2], [0, 1, 2]), new EvaluationSettings
        {
            Protocol = EvaluationProtocol.VehicleId, Draws = 5, Seed = 3, Bootstrap = 100,
        }),
        .. RetrievalEvaluator.MeasureAll(HandRanking.OfImages(4, [0, 1, 2, 3], [3, 2, 1, 0]), new EvaluationSettings
        {
            Protocol = EvaluationProtocol.RevisitedOxfordParis,
            GroundTruth = new GroundTruth([new QueryTruth { Easy = [1], Hard = [2] }, new QueryTruth { Easy = [0], Hard = [3], Junk = [1] }], 4),
        }),
        RetrievalComparer.Compare(s_before, s_after, new ComparisonSettings { Top = 1, Alpha = 0.1, Seed = 4 }),
        RetrievalComparer.Compare(s_after, s_before),
    ];

    /// <summary>Every public property of an object and of what it holds, with exact numbers, and the values that methods give.</summary>
    public static IEnumerable<string> Seen(object? value, string path = "")
    {
        if (value is null or string or Enum or MethodParameter || value.GetType().IsPrimitive)
        {
            return [$"{path} = {(value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value ?? "null")}"];
        }

        if (value is IEnumerable list)
        {
            return list.Cast<object>().SelectMany((item, index) => Seen(item, $"{path}[{index}]"));
        }

        IEnumerable<string> values = value switch
        {
            FeatureMatrix matrix => Seen(matrix.ToArray(), $"{path}.values"),
            NeighborGraph graph => Enumerable.Range(0, graph.VertexCount).SelectMany(vertex =>
                Seen(graph.GetNeighborSpan(vertex).ToArray(), $"{path}.{vertex}").Concat(Seen(graph.GetScores(vertex), $"{path}.{vertex}"))),
            Ranking ranking => Enumerable.Range(0, ranking.QueryCount).SelectMany(query =>
                Seen(ranking.GetIndices(query), $"{path}.{query}").Concat(Seen(ranking.GetScores(query), $"{path}.{query}"))),
            _ => [],
        };
        return value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => Seen(property.GetValue(value), $"{path}.{property.Name}"))
            .Concat(values);
    }

    private static RetrievalAccuracy Measured(params int[][] lists) => RetrievalEvaluator.Measure(
        HandRanking.Of([1, 2, 3], null, [1, 2, 3], null, lists), new EvaluationSettings { ApKind = ApKind.Uninterpolated, Ranks = [2, 3], Bootstrap = 200 });
}
