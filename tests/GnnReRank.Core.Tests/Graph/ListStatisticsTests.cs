using GnnReRank.Graph;

namespace GnnReRank.Tests.Graph;

/// <summary>What lists tell of the data, against their definitions.</summary>
public sealed class ListStatisticsTests
{
    [Fact]
    public void AHandWorkedGraphHasItsReciprocity()
    {
        // Lists of three: 0 and 1 have each other first; 2 has 0 and 1, and is third of 0 alone; 3 has 2 and 0, and is nobody's.
        NeighborGraph graph = new(
            [0, 1, 2, 1, 0, 3, 2, 0, 1, 3, 2, 0],
            [1, 0.9f, 0.5f, 1, 0.9f, 0.4f, 1, 0.5f, 0.3f, 1, 0.4f, 0.1f], vertexCount: 4, neighborCount: 3);
        ListStatistics lists = ListStatistics.Of(graph, 64, ComputeOptions.Default);
        Assert.Equal(3, lists.Length);

        // At length 2: 0 and 1 of four rows. At length 3: 0-1 and 1-0; 0-2 and 2-0; of eight entries.
        Assert.Equal(2 / 4.0, lists.Reciprocity(2));
        Assert.Equal(4 / 8.0, lists.Reciprocity(3));

        // Nearest less last of the list: 0.4, 0.5, 0.2, 0.3; the upper of the two in the middle.
        Assert.Equal(0.4, lists.Spread, 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void LargerGraphsHaveThatOfTheDefinition(int threads)
    {
        FeatureMatrix rows = Made(300, 8);
        NeighborGraph graph = NeighborSearch.Build(null, rows, 70);
        ListStatistics lists = ListStatistics.Of(graph, 64, new ComputeOptions { ThrottleLimit = threads });
        for (int k = 2; k <= 64; k++)
        {
            long mutual = 0;
            for (int row = 0; row < 300; row++)
            {
                mutual += graph.GetNeighbors(row)[1..k].Count(other => graph.GetNeighbors(other)[1..k].Contains(row));
            }

            Assert.Equal(mutual / (300.0 * (k - 1)), lists.Reciprocity(k), 12);
        }

        double[] spreads = [.. Enumerable.Range(0, 300).Select(row => (double)(graph.GetScores(row)[1] - graph.GetScores(row)[60])).Order()];
        Assert.Equal(spreads[150], lists.Spread, 12);
    }

    [Fact]
    public void ListsThatEndEarlyCountWhatTheyHold()
    {
        NeighborGraph graph = new([0, 1, -1, 1, 0, -1], [1, 0.9f, 0, 1, 0.9f, 0], vertexCount: 2, neighborCount: 3);
        ListStatistics lists = ListStatistics.Of(graph, 64, ComputeOptions.Default);
        Assert.Equal(1, lists.Reciprocity(2));
        Assert.Equal(0.5, lists.Reciprocity(3));
    }

    private static FeatureMatrix Made(int rows, int dimension)
    {
        Random random = new(7);
        return new FeatureMatrix([.. Enumerable.Range(0, rows * dimension).Select(_ => (float)(random.NextDouble() - 0.5))], rows, dimension);
    }
}
