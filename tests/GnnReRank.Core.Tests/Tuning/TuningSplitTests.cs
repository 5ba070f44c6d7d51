using GnnReRank.Tuning;

namespace GnnReRank.Tests.Tuning;

/// <summary>Who chooses, who judges, and what is asked of which gallery.</summary>
public sealed class TuningSplitTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    public void NoIdentityBothChoosesAndJudges(int seed)
    {
        TuningSplit split = TuningSplit.Of(
            LabelledSets.Of(60, 1, FeatureRole.Query), LabelledSets.Of(150, 2, FeatureRole.Gallery), new TuningSettings { Seed = seed });
        long[] labels = [.. split.Query.Labels!];
        Assert.Empty(labels[..split.ChoosingCount].Intersect(labels[split.ChoosingCount..]));
        Assert.Equal((6, 6, 60), (split.ChoosingIdentities, split.JudgingIdentities, split.ChoosingCount + split.JudgingCount));
    }

    // Label 7 has no image to find, and -1 is junk: both stay vertices, and neither chooses nor judges.
    [Fact]
    public void QueriesWithoutAMatchStandLast()
    {
        FeatureMatrix query = new([1, 2, 3, 4], 4, 1, [7, 1, -1, 2]);
        FeatureMatrix gallery = new([1, 2, 3], 3, 1, [2, -1, 1]);
        TuningSplit split = TuningSplit.Of(query, gallery, new TuningSettings());
        Assert.Equal((1, 1, 4), (split.ChoosingCount, split.JudgingCount, split.Query.RowCount));
        Assert.Equal([7, -1], split.Query.Labels!.Skip(2));
    }

    // Each row is a vertex once: the graph is that of the gallery, as where one row after the other is left out.
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void OfAGalleryAloneEachRowIsAQueryOrAnImage(int cameras)
    {
        FeatureMatrix gallery = LabelledSets.Of(150, 2, FeatureRole.Gallery, cameras);
        TuningSplit split = TuningSplit.Of(null, gallery, new TuningSettings());
        Assert.Equal(gallery.Names!.Order(), split.Query.Names!.Concat(split.Gallery.Names!).Order());
        Assert.Equal(split.Query.RowCount, split.ChoosingCount + split.JudgingCount);

        // 12 or 13 rows an identity: a fifth of them are two.
        Assert.All(split.Query.Labels!.CountBy(label => label), identity => Assert.Equal(2, identity.Value));
    }

    // Camera 1 twice and camera 2 once: taken from 1, the image of 2 is left; taken from 2, both of 1; two cannot be taken.
    [Theory]
    [InlineData(1, 1, 2, true)]
    [InlineData(1, 1, 1, false)]
    public void ADrawnQueryLeavesAnImageOfAnotherCamera(int first, int second, int third, bool isDrawn)
    {
        FeatureMatrix gallery = new([1, 2, 3], 3, 1, [5, 5, 5], [first, second, third]);
        for (int seed = 0; seed < 20; seed++)
        {
            int[] drawn = QueryDraw.Of(gallery, byCamera: true, seed);
            Assert.Equal(isDrawn ? 1 : 0, drawn.Length);
            Assert.Single(QueryDraw.Of(gallery, byCamera: false, seed));
        }
    }

    [Fact]
    public void ALoneImageIsNoQuery() =>
        Assert.Empty(QueryDraw.Of(new FeatureMatrix([1, 2, 3], 3, 1, [5, 6, -1]), byCamera: false, seed: 0));

    // The unasked queries stand in the lists as junk; without them the lists are those of the whole job, from the very graph.
    [Fact]
    public void FewerQueriesAreAskedOfTheSameGraph()
    {
        const int asked = 7;
        FeatureMatrix query = LabelledSets.Of(30, 1, FeatureRole.Query);
        FeatureMatrix gallery = LabelledSets.Of(90, 2, FeatureRole.Gallery);
        TuningRows rows = new(query, gallery);
        NeighborGraph graph = NeighborSearch.Build(null, rows.All, 12);
        Assert.Equal(NeighborSearch.Build(query, gallery, 12).GetNeighbors(99), graph.GetNeighbors(99));
        FeatureMatrix few = rows.GalleryBeside(asked);
        Assert.All(few.Labels!.Take(30 - asked), label => Assert.Equal(-1, label));
        Assert.Equal(gallery.Labels!, few.Labels!.Skip(30 - asked));
        GnnReRanker method = new(new GnnReRankSettings { K1 = 12, K2 = 4 });
        Ranking part = method.ReRank(graph.WithMatrices(rows.Queries(0, asked), few));
        Ranking whole = method.ReRank(query, gallery);
        for (int row = 0; row < asked; row++)
        {
            Assert.Equal(whole.GetIndices(row), part.GetIndices(row).Where(image => image >= 30 - asked).Select(image => image - (30 - asked)));
        }
    }

    [Fact]
    public void ThePartOfARankingHasItsLists()
    {
        FeatureMatrix query = LabelledSets.Of(9, 1, FeatureRole.Query);
        FeatureMatrix gallery = LabelledSets.Of(20, 2, FeatureRole.Gallery);
        Ranking whole = CosineRanker.Rank(query, gallery);
        Ranking part = whole.OfQueries(new TuningRows(query, gallery).Queries(4, 3), 4);
        Assert.Equal((3, 20), (part.QueryCount, part.Depth));
        for (int row = 0; row < 3; row++)
        {
            Assert.Equal(whole.GetIndices(4 + row), part.GetIndices(row));
            Assert.Equal(whole.GetScores(4 + row), part.GetScores(row));
            Assert.Equal(query.Names![4 + row], part.Query.Names![row]);
        }
    }

    [Theory]
    [InlineData(1, 1000, new[] { 1000 })]
    [InlineData(25, 50, new[] { 50 })]
    [InlineData(25, 154, new[] { 64, 154 })]
    [InlineData(100, 2700, new[] { 100, 300, 900, 2700 })]
    [InlineData(5, 2700, new[] { 900, 2700 })]
    public void RoundsAskThreeTimesAsManyQueriesOfAThird(int contestants, int queries, int[] expected) =>
        Assert.Equal(expected, RoundPlan.QueryCounts(contestants, queries));

    [Theory]
    [InlineData(100, 34)]
    [InlineData(12, 4)]
    [InlineData(5, 4)]
    [InlineData(3, 3)]
    public void AtLeastFourGoOn(int contestants, int expected) => Assert.Equal(expected, RoundPlan.Survivors(contestants));
}
