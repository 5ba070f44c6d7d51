using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.Graph;

public sealed class ApproximateSearchTests
{
    private const int Rows = 8_000;
    private const int Neighbors = 12;

    private static readonly ApproximateSearchSettings s_settings = new() { Recall = 0.9 };
    private static readonly FeatureMatrix s_rows = MadeFeatures.Clustered(Rows, 16, 400, seed: 5);

    [Fact]
    public void TheRecallCarriedIsThatOfTheLists()
    {
        NeighborGraph graph = NeighborSearch.BuildApproximate(null, s_rows, Neighbors, s_settings);
        double recall = NaiveRecall(graph, s_rows, every: 19);
        Assert.Equal("clusters", graph.Approximation!.Origin);
        Assert.InRange(graph.Approximation.SampledRows, 50, Rows / 10);
        Assert.InRange(recall, s_settings.Recall, 0.9999);
        Assert.InRange(graph.Approximation.Recall, recall - 0.03, recall + 0.03);
    }

    [Fact]
    public void ScoresAndOrderAreThoseOfTheExactGraph()
    {
        FeatureMatrix query = MadeFeatures.Clustered(1_500, 16, 400, seed: 6);
        NeighborGraph exact = NeighborSearch.Build(query, s_rows, Neighbors);
        NeighborGraph graph = NeighborSearch.BuildApproximate(query, s_rows, Neighbors, s_settings);
        Assert.NotNull(graph.Approximation);
        Assert.Same(query, graph.Query);
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            int[] found = graph.GetNeighbors(vertex);
            float[] scores = graph.GetScores(vertex);
            Assert.Equal(Neighbors, found.Distinct().Count());
            Assert.Equal(vertex, found[0]);
            int[] ranks = [.. Enumerable.Range(1, Neighbors - 1)];
            Assert.Equal(ranks, ranks.OrderByDescending(rank => scores[rank]).ThenBy(rank => found[rank]));
            Dictionary<int, float> known = exact.GetNeighbors(vertex).Zip(exact.GetScores(vertex)).ToDictionary();
            foreach ((int neighbor, float score) in found.Zip(scores))
            {
                Assert.Equal(known.GetValueOrDefault(neighbor, score), score);
                Assert.True(known.ContainsKey(neighbor) || score <= known.Values.Min(), "the exact list lacks one");
            }
        }
    }

    [Fact]
    public void EqualSeedsGiveEqualBitsAtAnyNumberOfThreads()
    {
        NeighborGraph[] graphs =
        [
            .. new[] { 1, 2, 5 }.Select(threads => NeighborSearch.BuildApproximate(
                null, s_rows, Neighbors, s_settings, new ComputeOptions { ThrottleLimit = threads, Device = "Cpu" })),
        ];
        NeighborGraph other = NeighborSearch.BuildApproximate(null, s_rows, Neighbors, s_settings with { Seed = 1 });
        foreach (NeighborGraph graph in graphs[1..])
        {
            Assert.True(graphs[0].IndexSpan.SequenceEqual(graph.IndexSpan));
            Assert.True(graphs[0].ScoreSpan.SequenceEqual(graph.ScoreSpan));
            Assert.Equal(graphs[0].Approximation, graph.Approximation);
        }

        Assert.False(graphs[0].IndexSpan.SequenceEqual(other.IndexSpan));
    }

    [Theory]
    [InlineData(300, 5, 0.9)]
    [InlineData(1, 1, 0.9)]
    [InlineData(4_200, 600, 0.9)]
    [InlineData(4_200, 3, 1.0)]
    public void IsExactWhereAllPairsAreAsCheap(int rows, int neighbors, double recall)
    {
        FeatureMatrix matrix = MadeFeatures.Random(rows, 4, seed: 7);
        NeighborGraph graph = NeighborSearch.BuildApproximate(
            null, matrix, neighbors, new ApproximateSearchSettings { Recall = recall });
        NeighborGraph exact = NeighborSearch.Build(null, matrix, neighbors);
        Assert.Null(graph.Approximation);
        Assert.True(exact.IndexSpan.SequenceEqual(graph.IndexSpan));
        Assert.True(exact.ScoreSpan.SequenceEqual(graph.ScoreSpan));
    }

    // Sixty equal rows have more near ties than int16 tells apart, and are compared with all that they met; three hundred
    // are too many, and all is multiplied again in float32.
    [Theory]
    [InlineData(0, false)]
    [InlineData(60, false)]
    [InlineData(300, true)]
    public void ProductsInInt16FindTheListsOfFloat32(int equal, bool isRepeated)
    {
        float[] values = [.. Enumerable.Range(0, Rows).SelectMany(s_rows.GetRow)];
        for (int at = 0; at < equal * 16; at++)
        {
            values[(at / 16 * 16 * 17) + (at % 16)] = at % 2 == 0 ? 1 : -1;
        }

        FeatureMatrix matrix = new(values, Rows, 16);
        List<string> log = [];
        ComputeOptions options = new() { ThrottleLimit = 2, Log = log.Add };
        CpuKernels both = CpuKernels.ForThisProcessor with { CoarseFromDimension = 1 };
        NeighborGraph coarse = new CpuBackend(both).FindNeighborsNearly(null, matrix, Neighbors, s_settings, options);
        NeighborGraph exact = new CpuBackend(new CpuKernels(both.Exact)).FindNeighborsNearly(
            null, matrix, Neighbors, s_settings, options);
        Assert.True(exact.IndexSpan.SequenceEqual(coarse.IndexSpan));
        Assert.True(exact.ScoreSpan.SequenceEqual(coarse.ScoreSpan));
        Assert.Equal(exact.Approximation, coarse.Approximation);
        Assert.Equal(
            isRepeated && both.Coarse is not null,
            log.Any(line => line.Contains("too many near ties", StringComparison.Ordinal)));
    }

    // No clusters help among rows of no structure: every row would have to meet most others.
    // The sample has 2.4 sqrt(n) rows, 152 here: lists may be longer than that.
    [Fact]
    public void ListsLongerThanTheSampleHasRowsAreFound()
    {
        FeatureMatrix matrix = MadeFeatures.Clustered(4_000, 8, 40, seed: 9);
        NeighborGraph graph = NeighborSearch.BuildApproximate(
            null, matrix, 300, new ApproximateSearchSettings { Recall = 0.9 });
        NeighborGraph exact = NeighborSearch.Build(null, matrix, 300);
        double found = Enumerable.Range(0, 4_000).Average(row =>
            exact.GetNeighbors(row).Intersect(graph.GetNeighbors(row)).Count() / 300d);
        Assert.InRange(found, 0.85, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(20)]
    public void FewDifferentRowsAreNoFault(int different)
    {
        FeatureMatrix few = MadeFeatures.Random(different, 5, seed: 10);
        FeatureMatrix matrix = FeatureMatrix.FromRows(
            [.. Enumerable.Range(0, 4_100).Select(row => few.GetRow(row % different))]);
        NeighborGraph graph = NeighborSearch.BuildApproximate(null, matrix, 20);
        NeighborGraph exact = NeighborSearch.Build(null, matrix, 20);
        for (int row = 0; row < 4_100; row += 37)
        {
            Assert.Equal(exact.GetScores(row)[^1], graph.GetScores(row)[^1], 5e-7f);
        }
    }

    [Fact]
    public void NoiseInManyDimensionsIsSearchedExactly() =>
        Assert.Null(NeighborSearch.BuildApproximate(null, MadeFeatures.Random(5_000, 64, seed: 8), 20).Approximation);

    // A third of the rows are equal: the first of them are each other's neighbours, and those alone. A row of zeros lists
    // the first rows of all.
    [Fact]
    public void EqualRowsAndRowsOfZerosHaveTheFirstOfThemAsNeighbors()
    {
        float[] values = new float[Rows * 16];
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> source = row % 3 == 0 ? s_rows.GetRowSpan(0) : s_rows.GetRowSpan(row);
            if (row % 100 != 50)
            {
                source.CopyTo(values.AsSpan(row * 16));
            }
        }

        FeatureMatrix matrix = new(values, Rows, 16);
        NeighborGraph graph = NeighborSearch.BuildApproximate(null, matrix, Neighbors, s_settings);
        Assert.NotNull(graph.Approximation);
        Assert.InRange(NaiveRecall(graph, matrix, every: 23), s_settings.Recall, 1);
        int[] equal = [.. Enumerable.Range(0, Rows).Where(row => row % 3 == 0 && row % 100 != 50)];
        foreach (int row in new[] { equal[0], equal[7], equal[500], equal[^1] })
        {
            Assert.Equal([row, .. equal.Where(other => other != row).Take(Neighbors - 1)], graph.GetNeighbors(row));
        }

        foreach (int row in new[] { 50, Rows - 50 })
        {
            Assert.Equal([row, .. Enumerable.Range(0, Neighbors - 1)], graph.GetNeighbors(row));
            Assert.All(graph.GetScores(row), score => Assert.Equal(0, score));
        }
    }

    [Fact]
    public void CentredRowsAreWhatIsCompared()
    {
        int[] cameras = [.. Enumerable.Range(0, Rows).Select(row => row % 2)];
        float[] values = [.. Enumerable.Range(0, Rows).SelectMany(s_rows.GetRow)];
        FeatureMatrix gallery = new(values, Rows, 16, cameras: cameras);
        NeighborGraph graph = NeighborSearch.BuildApproximateCentered(null, gallery, Neighbors, s_settings);
        NeighborGraph exact = NeighborSearch.BuildCentered(null, gallery, Neighbors);
        Assert.True(graph.CentersCameras);
        Assert.Same(gallery, graph.Gallery);
        Assert.NotNull(graph.Approximation);
        Assert.InRange(Share(graph, vertex => exact.GetNeighbors(vertex), every: 1), s_settings.Recall, 1);
    }

    [Fact]
    public void IsCancelledInTheMiddle()
    {
        using CancellationTokenSource source = new();
        ComputeOptions options = new()
        {
            CancellationToken = source.Token,
            Progress = new ProgressCallback(report =>
            {
                if (report.Stage == "Clusters")
                {
                    source.Cancel();
                }
            }),
        };
        Assert.ThrowsAny<OperationCanceledException>(
            () => NeighborSearch.BuildApproximate(null, s_rows, Neighbors, s_settings, options));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void RefusesARecallThatIsNoShare(double recall)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => NeighborSearch.BuildApproximate(
            null, s_rows, Neighbors, new ApproximateSearchSettings { Recall = recall }));
        Assert.Equal("InvalidRecall", error.ErrorId);
    }

    [Fact]
    public void TheTimeOfAnExactGraphIsToldBeforeAndGrowsWithTheSquare()
    {
        ComputeOptions options = new() { Device = "Cpu", ThrottleLimit = 1 };
        TimeSpan? few = NeighborSearch.EstimateTime(null, MadeFeatures.Random(400, 16, seed: 1), options);
        TimeSpan? many = NeighborSearch.EstimateTime(null, s_rows, options);
        Assert.NotNull(few);
        Assert.InRange(many!.Value / few.Value, 20, 8_000);
    }

    private static double NaiveRecall(NeighborGraph graph, FeatureMatrix matrix, int every)
    {
        double[][] rows = [.. Enumerable.Range(0, matrix.RowCount).Select(row => Normalised(matrix.GetRowSpan(row)))];
        return Share(
            graph,
            vertex => [.. Enumerable.Range(0, rows.Length)
                .Where(other => other != vertex)
                .Select(other => (Cosine: Dot(rows[vertex], rows[other]), Other: other))
                .OrderByDescending(pair => pair.Cosine).ThenBy(pair => pair.Other)
                .Take(Neighbors - 1).Select(pair => pair.Other).Prepend(vertex)],
            every);
    }

    private static double Share(NeighborGraph graph, Func<int, int[]> exact, int every) =>
        Enumerable.Range(0, graph.VertexCount / every).Select(at => at * every).Average(vertex =>
            (exact(vertex).Intersect(graph.GetNeighbors(vertex)).Count() - 1.0) / (Neighbors - 1));

    private static double[] Normalised(ReadOnlySpan<float> row)
    {
        double[] values = [.. row.ToArray().Select(value => (double)value)];
        double norm = Math.Sqrt(values.Sum(value => value * value));
        return norm == 0 ? values : [.. values.Select(value => value / norm)];
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int column = 0; column < left.Length; column++)
        {
            sum += left[column] * right[column];
        }

        return sum;
    }
}
