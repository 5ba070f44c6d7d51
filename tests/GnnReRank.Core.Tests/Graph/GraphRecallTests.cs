using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.Graph;

public sealed class GraphRecallTests
{
    // Of each list's nine others some are taken away, or others put in their place; the naive count knows which.
    [Theory]
    [InlineData(1000)]
    [InlineData(40)]
    public void AgreesWithANaiveCount(int sampleSize)
    {
        FeatureMatrix query = MadeFeatures.Random(30, 12, 1);
        FeatureMatrix gallery = MadeFeatures.Random(170, 12, 2);
        NeighborGraph exact = NeighborSearch.Build(query, gallery, 10);
        (NeighborGraph worse, double[] shares) = Worsened(exact);
        GraphApproximation found = GraphRecall.Measure(worse, query, gallery, sampleSize, seed: 3);
        Assert.Equal(Math.Min(sampleSize, 200), found.SampledRows);
        if (sampleSize >= 200)
        {
            Assert.Equal(shares.Average(), found.Recall, 1e-9);
        }

        // Forty of two hundred: within three deviations of a mean of so many.
        Assert.Equal(shares.Average(), found.Recall, 0.15);
        ComputeOptions alone = new() { ThrottleLimit = 1 };
        Assert.Equal(found, GraphRecall.Measure(worse, query, gallery, sampleSize, seed: 3, alone));
        Assert.Equal(1, GraphRecall.Measure(exact, query, gallery, sampleSize).Recall);
    }

    // A copy of a row is as near as the row that a search kept in its place.
    [Fact]
    public void NearTiesCountAndTheRowItselfDoesNot()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows([[1f, 0f], [1f, 1e-4f], [1f, 0f], [0f, 1f], [1f, 1f]]);
        NeighborGraph graph = new(
            [0, 1, 1, 2, 2, 0, 3, 2, 4, 1], [1, 1, 1, 1, 1, 1, 1, 0, 1, .7f], 5, 2, source: "x/lists.npz");
        GraphApproximation found = GraphRecall.Measure(graph, null, rows);
        Assert.Equal(0.8, found.Recall, 1e-9);
        Assert.Equal((5, "lists.npz"), (found.SampledRows, found.Origin));
        Assert.Equal(1, GraphRecall.Measure(new([0, 1, 2, 3, 4], [1, 1, 1, 1, 1], 5, 1), null, rows).Recall);
    }

    [Fact]
    public void AGraphIsGivenItsMatricesAndWhatIsKnownOfItsLists()
    {
        FeatureMatrix query = MadeFeatures.Random(30, 12, 1);
        FeatureMatrix gallery = MadeFeatures.Random(170, 12, 2);
        NeighborGraph exact = NeighborSearch.Build(query, gallery, 10).WithMatrices(null, null);
        List<string> warnings = [];
        ComputeOptions options = new() { Warn = warnings.Add };
        NeighborGraph attached = GraphRecall.Attach(exact, query, gallery, options);
        Assert.Null(attached.Approximation);
        Assert.Same(gallery, attached.Gallery);
        (NeighborGraph worse, double[] shares) = Worsened(exact);
        Assert.Equal(shares.Average(), GraphRecall.Attach(worse, query, gallery, options).Approximation!.Recall, 1e-9);
        Assert.Empty(warnings);

        // Rows in another order.
        Assert.InRange(GraphRecall.Attach(exact, gallery, query, options).Approximation!.Recall, 0, 0.2);
        Assert.Contains("in another order", Assert.Single(warnings));
        GraphApproximation known = new(0.25, 7, "made");
        Assert.Equal(known, GraphRecall.Attach(exact.WithApproximation(known), gallery, query, options).Approximation);
        Assert.Single(warnings);
    }

    // Lists of rows centred by camera are measured on such rows.
    [Fact]
    public void CentredListsAreMeasuredOnCentredRows()
    {
        int[] cameras = [.. Enumerable.Range(0, 60).Select(row => row % 3)];
        FeatureMatrix plain = MadeFeatures.Random(60, 6, 4);
        FeatureMatrix rows = FeatureMatrix.FromRows(
            [.. cameras.Select((camera, row) => Array.ConvertAll(plain.GetRow(row), value => value + (3 * camera)))],
            cameras: cameras);
        NeighborGraph centred = NeighborSearch.BuildCentered(null, rows, 8).WithMatrices(null, null);
        Assert.Null(GraphRecall.Attach(centred, null, rows).Approximation);
        Assert.NotNull(GraphRecall.Attach(centred.WithCenteredCameras(false), null, rows).Approximation);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        FeatureMatrix rows = MadeFeatures.Random(20, 3, 5);
        NeighborGraph graph = NeighborSearch.Build(null, rows, 4);
        Assert.Equal("GraphDoesNotFit", Refused(() => GraphRecall.Measure(graph, rows, rows)));
        Assert.Equal("InvalidSampleSize", Refused(() => GraphRecall.Measure(graph, null, rows, 0)));
        Assert.Equal("DimensionMismatch", Refused(() => GraphRecall.Attach(
            graph.WithMatrices(null, null), MadeFeatures.Random(5, 2, 1), MadeFeatures.Random(15, 3, 1))));

        static string Refused(Action call) => Assert.Throws<GnnReRankException>(call).ErrorId;
    }

    // Row v loses its last v % 4 neighbours; in every second list a row that is farther stands for the first of them.
    private static (NeighborGraph Graph, double[] Shares) Worsened(NeighborGraph exact)
    {
        (int count, int width) = (exact.VertexCount, exact.NeighborCount);
        int[] indices = [.. Enumerable.Range(0, count).SelectMany(row => exact.GetNeighborSpan(row).ToArray())];
        float[] scores = [.. Enumerable.Range(0, count).SelectMany(row => exact.GetScoreSpan(row).ToArray())];
        for (int row = 0; row < count; row++)
        {
            int other = Enumerable.Range(0, count).First(each => !exact.GetNeighbors(row).Contains(each));
            for (int lost = 0; lost < row % 4; lost++)
            {
                int place = (row * width) + width - 1 - lost;
                bool isReplaced = row % 2 == 1 && lost == (row % 4) - 1;
                (indices[place], scores[place]) = isReplaced ? (other, -1) : (-1, 0);
            }
        }

        double[] shares = [.. Enumerable.Range(0, count).Select(row => (width - 1 - (row % 4)) / (double)(width - 1))];
        return (new NeighborGraph(indices, scores, count, width, source: "worse"), shares);
    }
}
