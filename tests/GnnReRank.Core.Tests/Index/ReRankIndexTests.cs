using GnnReRank.Indexing.State;
using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.Index;

/// <summary>What holds of an index whatever its method, and its lists beside those of a search of all rows.</summary>
public sealed class ReRankIndexTests
{
    private const int Dimension = 12;

    [Fact]
    public void CosinesAreRankedAsASearchOfTheMatricesDoes()
    {
        FeatureMatrix gallery = MadeFeatures.Clustered(300, Dimension, 9, seed: 1);
        foreach (int queries in (int[])[1, 7, 40])
        {
            FeatureMatrix query = MadeFeatures.Random(queries, Dimension, seed: queries);
            Ranking expected = new CosineRanker().ReRank(query, gallery, 50);
            ReRankIndex index = ReRankIndex.Build(gallery, new CosineSettings());
            Ranking found = index.Search(query, new IndexSearchOptions { Top = 50 });
            Assert.Equal(QueryMode.Independent, found.Settings.QueryMode);
            for (int row = 0; row < queries; row++)
            {
                Assert.Equal(expected.GetIndices(row), found.GetIndices(row));
                Assert.Equal(expected.GetScores(row), found.GetScores(row));
                IndexAnswer answer = index.Search(query.GetRowSpan(row), new IndexSearchOptions { Top = 50 });
                Assert.Equal(expected.GetIndices(row), answer.Rows);
                Assert.Equal(expected.GetScores(row), answer.Scores);
            }
        }
    }

    [Theory]
    [InlineData("random", 1)]
    [InlineData("clustered", 2)]
    [InlineData("tied", 3)]
    [InlineData("random", 4)]
    public void ChangedListsAreThoseOfASearchOfAllRows(string kind, int seed)
    {
        Random random = new(seed);
        FeatureMatrix all = kind switch
        {
            "clustered" => MadeFeatures.Clustered(420, Dimension, 14, seed),
            "tied" => MadeFeatures.ExactlyTied(420, Dimension, seed),
            _ => MadeFeatures.Random(420, Dimension, seed),
        };
        DiffusionSettings settings = new() { Neighbors = 4, ScaleNeighbors = 6 };
        List<int> there = [.. Enumerable.Range(0, seed == 4 ? 3 : 120)];
        ReRankIndex index = ReRankIndex.Build(Rows(all, there), settings);
        int next = 120;
        for (int change = 0; change < 24; change++)
        {
            if (change % 3 != 2 && next < all.RowCount)
            {
                int[] added = [.. Enumerable.Range(next, Math.Min(1 + random.Next(20), all.RowCount - next))];
                next += added.Length;
                index.Add(Rows(all, added));
                there.AddRange(added);
            }
            else
            {
                int[] removed = [.. Enumerable.Range(0, there.Count).Where(_ => random.Next(6) == 0).SkipLast(1)];
                index.Remove(removed);
                there = [.. there.Where((_, place) => !removed.Contains(place))];
            }

            AssertListsOf(index, Rows(all, there), needed: 7);
        }
    }

    [Fact]
    public void ListsAreFilteredAndCutByScore()
    {
        FeatureMatrix gallery = new(
            [1, 0, 0.8f, 0.6f, 0, 1, -1, 0], 4, 2, labels: [1, 1, 2, 3], cameras: [0, 1, 0, 1], names: ["a", "b", "c", "d"]);
        ReRankIndex index = ReRankIndex.Build(gallery, new CosineSettings());
        IndexAnswer some = index.Search([1, 0], new IndexSearchOptions { MinimumScore = 0.5f });
        Assert.Equal([0, 1], some.Rows);
        Assert.Equal("b", some.GetName(2));
        IndexAnswer none = index.Search([1, 0], new IndexSearchOptions { MinimumScore = 1.5f });
        Assert.Equal(0, none.Count);
        Assert.Equal("InvalidMinimumScore", Assert.Throws<GnnReRankException>(
            () => index.Search([1, 0], new IndexSearchOptions { MinimumScore = float.NaN })).ErrorId);
        RowSelection camera = new() { Cameras = [1] };
        Assert.Equal([1, 3], index.Search([1, 0], new IndexSearchOptions { Rows = camera }).Rows);
        index.Remove([0]);
        Assert.Equal([0, 2], index.Search([1, 0], new IndexSearchOptions { Rows = camera }).Rows);
        Assert.Equal([0], index.Search([1, 0], new IndexSearchOptions { Rows = new RowSelection { Names = ["b"] } }).Rows);
        Assert.Equal(["b", "c", "d"], index.Gallery.Names!);
        Assert.Equal(0.6f, index.Gallery[0, 1]);
    }

    [Fact]
    public void AChangeThatFailsLeavesTheIndexAsItWas()
    {
        FeatureMatrix gallery = MadeFeatures.Random(50, Dimension, seed: 1);
        ReRankIndex index = ReRankIndex.Build(gallery, new CosineSettings());
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<GnnReRankException>(() => index.Add(MadeFeatures.Random(3, Dimension + 1, seed: 2)));
        Assert.Throws<GnnReRankException>(() => index.Remove([50]));
        Assert.Throws<GnnReRankException>(() => index.Remove([.. Enumerable.Range(0, 50)]));
        Assert.Equal(0, index.Version);
        Assert.Equal(50, index.RowCount);
        index.Add(MadeFeatures.Random(3, Dimension, seed: 2));
        Assert.Equal(1, index.Version);
        Assert.Equal(53, index.RowCount);
    }

    [Theory]
    [InlineData("KReciprocal", "MethodHasNoIndex")]
    [InlineData("centred", "IndexUsesNoCameras")]
    [InlineData("cameras", "IndexUsesNoCameras")]
    public void WhatAnIndexCannotDoIsSaid(string what, string errorId)
    {
        MethodSettings settings = what switch
        {
            "centred" => new GnnReRankSettings { CenterCamera = true },
            "cameras" => new DiffusionSettings { UseCameras = true },
            _ => new KReciprocalSettings(),
        };
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => ReRankIndex.Build(MadeFeatures.Random(9, 3, seed: 1), settings));
        Assert.Equal(errorId, error.ErrorId);
    }

    [Theory]
    [InlineData(2, true, true, "The 3 rows to add have 2 columns (from 'new'), and the index holds 5 rows of 4:")]
    [InlineData(4, false, true, "The 3 rows to add have no labels, and the 5 rows of the index have them. Give", "-1 where")]
    [InlineData(4, true, false, "The 3 rows to add have labels, and the 5 rows of the index have none. Leave the labels out")]
    public void RowsThatDoNotFitAreToldBesideTheIndexAsItIs(
        int dimension, bool isLabelled, bool isIndexLabelled, params string[] told)
    {
        ReRankIndex index = ReRankIndex.Build(Labelled(4, 4, isIndexLabelled), new CosineSettings());
        index.Add(Labelled(2, 4, isIndexLabelled));
        index.Remove([0]);
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => index.Add(Labelled(3, dimension, isLabelled)));
        Assert.All(told, part => Assert.Contains(part, error.Message));
        error = Assert.Throws<GnnReRankException>(() => index.Search([1, 2, 3]));
        Assert.StartsWith("The query has 3 columns, and the index holds 5 rows of 4:", error.Message);
        error = Assert.Throws<GnnReRankException>(() => index.Search(Labelled(3, 2, isLabelled)));
        Assert.StartsWith("The 3 queries have 2 columns (from 'new'), and the index holds 5 rows of 4:", error.Message);
    }

    [Fact]
    public async Task SearchesGoOnWhileRowsAreAdded()
    {
        FeatureMatrix all = MadeFeatures.Random(400, Dimension, seed: 5);
        ReRankIndex index = ReRankIndex.Build(Rows(all, [.. Enumerable.Range(0, 100)]), new CosineSettings());
        Task writer = Task.Run(() =>
        {
            for (int row = 100; row < 400; row += 5)
            {
                index.Add(Rows(all, [.. Enumerable.Range(row, 5)]));
            }
        }, TestContext.Current.CancellationToken);
        Task[] readers = [.. Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            while (!writer.IsCompleted)
            {
                IndexAnswer answer = index.Search(all.GetRowSpan(reader), options: new ComputeOptions { ThrottleLimit = 1 });
                Assert.Equal(100 + (5 * answer.Version), answer.Count);
                Assert.Equal(answer.Count, answer.Gallery.RowCount);
                Assert.Equal(reader, answer.Rows[0]);
            }
        }, TestContext.Current.CancellationToken))];
        await Task.WhenAll([writer, .. readers]);
        Assert.Equal(400, index.RowCount);
    }

    private static FeatureMatrix Labelled(int rows, int dimension, bool isLabelled) => new(
        [.. Enumerable.Range(1, rows * dimension).Select(Convert.ToSingle)], rows, dimension,
        labels: isLabelled ? new long[rows] : null, source: "new");

    private static FeatureMatrix Rows(FeatureMatrix all, IReadOnlyList<int> rows) =>
        FeatureSelector.Select(all, new RowSelection { Indices = rows });

    private static void AssertListsOf(ReRankIndex index, FeatureMatrix gallery, int needed)
    {
        IndexSnapshot snapshot = index.Snapshot;
        NeighborGraph expected = NeighborSearch.Build(null, gallery, Math.Min(needed, gallery.RowCount));
        for (int row = 0; row < gallery.RowCount; row++)
        {
            int slot = snapshot.Rows.SlotOf(row);
            int[] list = [.. snapshot.Graph.GetNeighbors(slot).Take(expected.NeighborCount)];
            int[] slots = [.. expected.GetNeighbors(row).Select(snapshot.Rows.SlotOf)];
            Assert.Equal(slots, list);
            Assert.Equal(expected.GetScores(row), snapshot.Graph.GetScores(slot).Take(expected.NeighborCount));
        }
    }
}
