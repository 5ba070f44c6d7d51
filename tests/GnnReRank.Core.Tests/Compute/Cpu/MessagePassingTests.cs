using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Compute.Cpu;

/// <summary>Graphs made to be awkward, against the dense oracle, for every number of threads and every depth.</summary>
public sealed class MessagePassingTests
{
    private const int Queries = 37;
    private const int Rows = 499;
    private const int Vertices = Queries + Rows;

    private static readonly Dictionary<string, Func<Random, int, int, int>> s_lists = new()
    {
        ["one hub that everybody names"] = static (random, vertex, position) => position == 1 ? Queries : Far(random, vertex),
        ["a chain"] = static (_, vertex, position) => (vertex + position) % Vertices,
        ["all name the same"] = static (_, _, position) => position,
        ["anything"] = static (random, vertex, _) => Far(random, vertex),
        ["small islands"] = static (_, vertex, position) => (vertex / 8 * 8) + ((vertex + position) % 8),
        ["lists of one"] = static (_, _, _) => -1,
    };

    public static TheoryData<string, GnnVariant, int> Cases
    {
        get
        {
            TheoryData<string, GnnVariant, int> cases = [];
            foreach (string list in s_lists.Keys)
            {
                foreach (GnnVariant variant in Enum.GetValues<GnnVariant>())
                {
                    foreach (int layers in (int[])[0, 1, 2, 3])
                    {
                        cases.Add(list, variant, layers);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracleForAnyThreadsAndDepth(string list, GnnVariant variant, int layers)
    {
        NeighborGraph graph = Graph(list, 6);
        GnnReRankSettings settings = new() { K1 = 6, K2 = 3, Layers = layers, Variant = variant, Lambda = 0 };
        GnnReRanker reRanker = new(settings);
        Ranking full = reRanker.ReRank(graph, null, new ComputeOptions { ThrottleLimit = 1 });
        double[,] exact = DenseOracle.GnnScores(graph, settings, DenseOracle.Similarities(graph.Query, graph.Gallery));
        for (int q = 0; q < Queries; q++)
        {
            double[] row = [.. Enumerable.Range(0, Rows).Select(g => exact[q, g])];
            NearTies.AssertTopList(row, full.GetIndexSpan(q), full.GetScoreSpan(q));
        }

        foreach (int threads in (int[])[2, 3, 8])
        {
            AssertHead(full, reRanker.ReRank(graph, null, new ComputeOptions { ThrottleLimit = threads }));
        }

        foreach (int top in (int[])[1, 20, 300, Rows - 1])
        {
            AssertHead(full, reRanker.ReRank(graph, top, new ComputeOptions { ThrottleLimit = 2 }));
        }
    }

    [Theory]
    [InlineData(GnnVariant.Paper)]
    [InlineData(GnnVariant.Reference)]
    public void AgreesWithTheOracleWhateverSharesAQuerysGroup(GnnVariant variant)
    {
        // The same graph with the queries' order turned round: other neighbours in the registers, other edges to be summed first.
        FeatureMatrix query = MadeFeatures.Clustered(53, 16, 20, seed: 31);
        FeatureMatrix gallery = MadeFeatures.Clustered(300, 16, 20, seed: 32);
        GnnReRankSettings settings = new() { K1 = 8, K2 = 4, Variant = variant, Lambda = 0 };
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 8);
        double[,] exact = DenseOracle.GnnScores(graph, settings, DenseOracle.Similarities(query, gallery));
        int[] turned = [.. Enumerable.Range(0, 53).Reverse()];
        FeatureMatrix turnedQuery = new([.. turned.SelectMany(q => query.GetRow(q).ToArray())], 53, 16);
        Ranking ranking = new GnnReRanker(settings).ReRank(NeighborSearch.Build(turnedQuery, gallery, 8));
        for (int q = 0; q < 53; q++)
        {
            double[] row = [.. Enumerable.Range(0, 300).Select(g => exact[turned[q], g])];
            NearTies.AssertTopList(row, ranking.GetIndexSpan(q), ranking.GetScoreSpan(q));
        }
    }

    private static int Far(Random random, int vertex) => (vertex + 1 + random.Next(Vertices - 1)) % Vertices;

    private static NeighborGraph Graph(string list, int k)
    {
        Random random = new(5);
        int[] indices = new int[Vertices * k];
        float[] scores = new float[Vertices * k];
        for (int vertex = 0; vertex < Vertices; vertex++)
        {
            List<int> taken = [vertex];
            for (int position = 1; position < k; position++)
            {
                int neighbor = s_lists[list](random, vertex, position);
                if (neighbor >= 0 && !taken.Contains(neighbor))
                {
                    taken.Add(neighbor);
                }
            }

            for (int position = 0; position < k; position++)
            {
                indices[(vertex * k) + position] = position < taken.Count ? taken[position] : -1;
                scores[(vertex * k) + position] = position < taken.Count ? 1f - (0.1f * position) : 0f;
            }
        }

        return new NeighborGraph(
            indices, scores, Vertices, k, MadeFeatures.ExactlyTied(Queries, 9, seed: 33), MadeFeatures.ExactlyTied(Rows, 9, seed: 34));
    }

    private static void AssertHead(Ranking full, Ranking head)
    {
        for (int q = 0; q < head.QueryCount; q++)
        {
            Assert.Equal(full.GetIndices(q)[..head.Depth], head.GetIndices(q));
            Assert.Equal(
                full.GetScores(q)[..head.Depth].Select(BitConverter.SingleToInt32Bits), head.GetScores(q).Select(BitConverter.SingleToInt32Bits));
        }
    }
}
