using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.ReRanking;

/// <summary>A ranking with centred cameras is that of the centred matrices, and keeps those that were given.</summary>
public sealed class CenteredRankingTests
{
    private static readonly FeatureMatrix s_query = Made(40, 1, FeatureRole.Query);
    private static readonly FeatureMatrix s_gallery = Made(160, 2, FeatureRole.Gallery);

    public static TheoryData<ReRankMethod> Methods => [.. ReRankMethods.All.Select(info => info.Method)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void OneCallAndAGraphGiveTheBitsOfCentredMatrices(ReRankMethod method)
    {
        MethodSettings settings = ReRankMethods.Of(method).Defaults.FitTo(200);
        FeatureTransform transform = FeatureTransformer.Learn(
            [s_query, s_gallery], new FeatureTransformOptions { CenterCamera = true });
        Ranking expected = settings.CreateReRanker().ReRank(
            FeatureTransformer.Apply(transform, s_query), FeatureTransformer.Apply(transform, s_gallery));
        IReRanker centring = (settings with { CenterCamera = true }).CreateReRanker();
        NeighborGraph graph = NeighborSearch.BuildCentered(s_query, s_gallery, Math.Max(60, centring.NeighborCount));
        Ranking[] made = [
            centring.ReRank(s_query, s_gallery), centring.ReRank(graph), settings.CreateReRanker().ReRank(graph)];
        foreach (Ranking ranking in made)
        {
            Assert.Same(s_query, ranking.Query);
            Assert.Same(s_gallery, ranking.Gallery);
            Assert.Equal(settings with { CenterCamera = true }, ranking.Settings);
            Assert.EndsWith(" centred", ranking.Settings.ToString());
            for (int query = 0; query < 40; query++)
            {
                Assert.Equal(expected.GetIndices(query), ranking.GetIndices(query));
                Assert.Equal(expected.GetScores(query), ranking.GetScores(query));
            }
        }

        Assert.NotEqual(settings.CreateReRanker().ReRank(s_query, s_gallery).GetIndices(0), expected.GetIndices(0));
    }

    // What the lists chose is what the ranking tells, and not what was asked for.
    [Fact]
    public void AnAutomaticChoiceIsTold()
    {
        GnnReRankSettings asked = new() { IsAutomatic = true, CenterCamera = true };
        GnnReRankSettings told = (GnnReRankSettings)new GnnReRanker(asked).ReRank(s_query, s_gallery).Settings;
        Assert.False(told.IsAutomatic);
        Assert.NotNull(told.Choice);
        Assert.True(told.CenterCamera);
        Assert.Equal(
            GnnParameterRule.Choose(asked, NeighborSearch.BuildCentered(s_query, s_gallery, GnnParameterRule.NeighborCount)), told);
    }

    [Fact]
    public void SettingsThatCentreAreOthers()
    {
        foreach (ReRankMethodInfo info in ReRankMethods.All)
        {
            Assert.NotEqual(info.Defaults, info.Defaults with { CenterCamera = true });
            Assert.Equal(info.Defaults with { CenterCamera = true }, info.Defaults with { CenterCamera = true });
        }

        Assert.True(new CosineSettings().IsBaseline);
        Assert.False(new CosineSettings { CenterCamera = true }.IsBaseline);
    }

    [Fact]
    public void AGraphOfOtherRowsIsRefused()
    {
        NeighborGraph plain = NeighborSearch.Build(s_query, s_gallery, 30);
        IReRanker centring = new GnnReRanker(new GnnReRankSettings { CenterCamera = true });
        GnnReRankException refused = Assert.Throws<GnnReRankException>(() => centring.ReRank(plain));
        Assert.Equal("GraphNotCentered", refused.ErrorId);
        Assert.Contains("New-NeighborGraph -CenterCamera", refused.Message);
        Assert.NotNull(centring.ReRank(plain.WithCenteredCameras(true)));
    }

    [Fact]
    public void AGraphRemembersThatItIsOfCentredRows()
    {
        NeighborGraph graph = NeighborSearch.BuildCentered(null, s_gallery, 4);
        Assert.Same(s_gallery, graph.Gallery);
        Assert.EndsWith("neighbours, centred by camera", graph.ToString());
        Assert.True(graph.WithMatrices(null, null).CentersCameras);
        Assert.True(((NeighborGraph)ResultPack.Unpack(ResultPack.Pack(graph))).CentersCameras);
        using TemporaryFolder folder = new();
        foreach (bool centred in (bool[])[true, false])
        {
            GraphFile.Write(folder["g.parquet"], graph.WithCenteredCameras(centred), overwrite: true);
            Assert.Equal(centred, GraphFile.Read(folder["g.parquet"]).CentersCameras);
        }
    }

    [Fact]
    public void APackKeepsThatCamerasWereCentred()
    {
        foreach (
            MethodSettings settings in (MethodSettings[])[
            new CosineSettings { CenterCamera = true }, new GnnReRankSettings { K1 = 5, CenterCamera = true }])
        {
            Ranking ranking = settings.CreateReRanker().ReRank(s_query, s_gallery, top: 3);
            Assert.Equal(settings, ((Ranking)ResultPack.Unpack(ResultPack.Pack(ranking))).Settings);
        }
    }

    [Fact]
    public void QueriesWithoutCamerasAreRefused()
    {
        FeatureMatrix blind = FeatureMatrix.Adopt(
            s_query.Storage, null, null, null, FeatureRole.Query, null, inverseNorms: null);
        IReRanker centring = new CosineRanker(new CosineSettings { CenterCamera = true });
        Assert.Contains(
            "the query, has no cameras",
            Assert.Throws<GnnReRankException>(() => centring.ReRank(blind, s_gallery)).Message);
        Assert.Throws<GnnReRankException>(() => NeighborSearch.BuildCentered(blind, s_gallery, 4));
    }

    // Each camera adds something of its own to every row.
    private static FeatureMatrix Made(int rows, int seed, FeatureRole role)
    {
        FeatureMatrix made = MadeFeatures.Clustered(rows, 24, 10, seed);
        float[] values = [.. made.ToArray().Cast<float>()];
        for (int row = 0; row < rows; row++)
        {
            values[(row * 24) + (row % 3)] += 3;
        }

        return new FeatureMatrix(
            values, rows, 24, cameras: Enumerable.Range(0, rows).Select(row => row % 3), role: role);
    }
}
