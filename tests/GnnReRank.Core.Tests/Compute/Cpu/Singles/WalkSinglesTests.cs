using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.ReRanking.Diffusion;
using GnnReRank.Running;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Compute.Cpu.Singles;

/// <summary>Walks of queries that are no vertices, against the slow definition.</summary>
public sealed class WalkSinglesTests
{
    private static readonly DiffusionSettings s_small = new() { Neighbors = 3, ScaleNeighbors = 9, Steps = 5 };

    /// <summary>Settings that differ from a plain case in one or two parameters each.</summary>
    public static TheoryData<DiffusionSettings> Cases =>
    [
        s_small,
        new DiffusionSettings(),
        s_small with { Neighbors = 1 },
        s_small with { Neighbors = 12, Steps = 40 },
        s_small with { Steps = 1 },
        s_small with { Restart = 0 },
        s_small with { Restart = 1 },
        s_small with { EdgeWidth = 5 },
        s_small with { DistanceWeight = 0 },
        s_small with { DistanceWeight = 20, Floor = 0.1 },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ScoresAsTheDefinitionDoes(DiffusionSettings settings)
    {
        AssertAgrees(settings, MadeFeatures.Clustered(6, 17, 9, seed: 1), MadeFeatures.Clustered(90, 17, 9, seed: 2));
        AssertAgrees(settings, MadeFeatures.Random(4, 3, seed: 3), MadeFeatures.Random(70, 3, seed: 4));
        AssertAgrees(
            settings, MadeFeatures.WithDuplicatesAndZeros(7, 6, seed: 5), MadeFeatures.WithDuplicatesAndZeros(77, 6, seed: 5));
        AssertAgrees(settings, MadeFeatures.ExactlyTied(4, 7, seed: 6), MadeFeatures.ExactlyTied(60, 7, seed: 7));
        foreach (int rows in (int[])[1, 2, 3, 7])
        {
            AssertAgrees(settings, MadeFeatures.Random(2, 3, seed: 10), MadeFeatures.Random(rows, 3, seed: 11));
        }
    }

    /// <summary>Rows that were removed are in no list and have no cosine; n counts those that are left.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void LeavesRemovedRowsOut(DiffusionSettings settings)
    {
        FeatureMatrix all = MadeFeatures.Clustered(60, 8, 7, seed: 20);
        FeatureMatrix query = MadeFeatures.Clustered(1, 8, 7, seed: 21);
        int[] removed = [0, 13, 14, 59];
        GalleryLists lists = Without(all, removed);
        float[] cosines = SingleCase.Cosines(query, all);
        foreach (int row in removed)
        {
            cosines[row] = float.NaN;
        }

        using ISingleScorer scorer = Prepare(settings, lists).CreateScorer();
        double[] exact = SingleWalkOracle.Scores(lists.Graph, settings, cosines);
        float[] found = SingleCase.Score(scorer, cosines);
        AssertNear(exact, found, row => !removed.Contains(row), settings.ToString());
    }

    /// <summary>A walk that reaches half of the rows reads all of them; and a scorer remembers no query.</summary>
    [Fact]
    public void GivesTheSameBitsToAQueryWhateverCameBefore()
    {
        FeatureMatrix gallery = MadeFeatures.Random(400, 4, seed: 30);
        FeatureMatrix queries = MadeFeatures.Random(3, 4, seed: 31);
        GalleryLists lists = new(NeighborSearch.Build(null, gallery, 21), 400);
        foreach (int steps in (int[])[2, 40])
        {
            ISingleScoring scoring = Prepare(new DiffusionSettings { Steps = steps }, lists);
            using ISingleScorer used = scoring.CreateScorer();
            for (int row = 0; row < 3; row++)
            {
                float[] cosines = SingleCase.Cosines(SingleCase.Row(queries, row), gallery);
                using ISingleScorer fresh = scoring.CreateScorer();
                Assert.Equal(SingleCase.Score(fresh, cosines), SingleCase.Score(used, cosines));
            }
        }
    }

    [Fact]
    public void IsAfterAChangeWhatWouldBeMadeAfresh()
    {
        FeatureMatrix all = MadeFeatures.Clustered(60, 8, 7, seed: 20);
        GalleryLists changed = Without(all, [4, 5, 44]);
        ISingleScoring before = Prepare(new DiffusionSettings(), new GalleryLists(NeighborSearch.Build(null, all, 21), 60));
        ISingleScoring after = before.After(changed, [4, 5, 44], SingleCase.Options(2));
        float[] cosines = SingleCase.Cosines(MadeFeatures.Clustered(1, 8, 7, seed: 21), all);
        (cosines[4], cosines[5], cosines[44]) = (float.NaN, float.NaN, float.NaN);
        foreach (int threads in (int[])[1, 2, 5])
        {
            using ISingleScorer expected = Prepare(new DiffusionSettings(), changed, threads).CreateScorer();
            using ISingleScorer found = after.CreateScorer();
            Assert.Equal(SingleCase.Score(expected, cosines), SingleCase.Score(found, cosines));
        }
    }

    [Fact]
    public unsafe void StopsWhereItIsCancelled()
    {
        FeatureMatrix gallery = MadeFeatures.Random(50, 4, seed: 30);
        GalleryLists lists = new(NeighborSearch.Build(null, gallery, 21), 50);
        ISingleScoring scoring = Prepare(new DiffusionSettings(), lists);
        float[] cosines = SingleCase.Cosines(MadeFeatures.Random(1, 4, seed: 31), gallery);
        CancellationToken cancelled = new(canceled: true);
        using ISingleScorer scorer = scoring.CreateScorer();
        Assert.Throws<OperationCanceledException>(() =>
        {
            fixed (float* pointer = cosines)
            {
                scorer.Score(pointer, cancelled);
            }
        });
        Assert.Throws<OperationCanceledException>(
            () => scoring.After(lists, [1], new ComputeOptions { CancellationToken = cancelled }));
    }

    private static ISingleScoring Prepare(DiffusionSettings settings, GalleryLists lists, int threads = 2) =>
        SingleScorings.Prepare(DiffusionRecipe.Of(settings), lists, MemoryBudget.OfMachine(), SingleCase.Options(threads));

    /// <summary>The lists of the rows that are left, at the places that they had among all.</summary>
    private static GalleryLists Without(FeatureMatrix all, int[] removed)
    {
        const int length = 21;
        int[] kept = [.. Enumerable.Range(0, all.RowCount).Except(removed)];
        FeatureMatrix left = FeatureSelector.Select(all, new RowSelection { Indices = kept });
        NeighborGraph graph = NeighborSearch.Build(null, left, length);
        int[] indices = new int[all.RowCount * length];
        float[] scores = new float[indices.Length];
        indices.AsSpan().Fill(-1);
        foreach (int row in removed)
        {
            (indices[row * length], scores[row * length]) = (row, 1);
        }

        for (int vertex = 0; vertex < kept.Length; vertex++)
        {
            for (int place = 0; place < length; place++)
            {
                indices[(kept[vertex] * length) + place] = kept[graph.GetNeighborSpan(vertex)[place]];
                scores[(kept[vertex] * length) + place] = graph.GetScoreSpan(vertex)[place];
            }
        }

        return new GalleryLists(new NeighborGraph(indices, scores, all.RowCount, length), kept.Length);
    }

    private static void AssertAgrees(DiffusionSettings settings, FeatureMatrix queries, FeatureMatrix gallery)
    {
        int length = Math.Min(1 + Math.Max(settings.Neighbors, settings.ScaleNeighbors), gallery.RowCount);
        GalleryLists lists = new(NeighborSearch.Build(null, gallery, length), gallery.RowCount);
        using ISingleScorer scorer = Prepare(settings, lists).CreateScorer();
        for (int row = 0; row < queries.RowCount; row++)
        {
            float[] cosines = SingleCase.Cosines(SingleCase.Row(queries, row), gallery);
            AssertNear(
                SingleWalkOracle.Scores(lists.Graph, settings, cosines), SingleCase.Score(scorer, cosines), _ => true,
                $"{settings}, {gallery.RowCount} x {gallery.Dimension}, query {row}");
        }
    }

    private static void AssertNear(double[] exact, float[] found, Func<int, bool> counts, string what)
    {
        foreach (int row in Enumerable.Range(0, exact.Length).Where(counts))
        {
            double allowed = NearTies.Tolerance * Math.Max(1, Math.Abs(exact[row]));
            Assert.True(Math.Abs(exact[row] - found[row]) <= allowed, $"{what}, row {row}: {found[row]} instead of {exact[row]}.");
        }
    }
}
