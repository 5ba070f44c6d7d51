using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking.Refinement;

public sealed class GraphConvolutionTests
{
    public static TheoryData<GraphConvolutionSettings> Cases =>
    [
        new GraphConvolutionSettings(),
        new GraphConvolutionSettings { Neighbors = 4, Temperature = 1, Rounds = 2 },
        new GraphConvolutionSettings { Rounds = 0 },
        new GraphConvolutionSettings { Neighbors = 1, Rounds = 1 },
        new GraphConvolutionSettings { Neighbors = 1_000, Rounds = 1 },
    ];

    public static TheoryData<GraphConvolutionSettings> CameraCases =>
    [
        new GraphConvolutionSettings { CrossCamera = true },
        new GraphConvolutionSettings { CrossCamera = true, OtherCameraNeighbors = 5, OtherCameraTemperature = 0.5, OtherCameraWeight = 1, Rounds = 1 },
        new GraphConvolutionSettings { CrossCamera = true, OtherCameraWeight = 0, Rounds = 1 },
        new GraphConvolutionSettings { CrossCamera = true, OtherCameraNeighbors = 1_000, Rounds = 1 },
        new GraphConvolutionSettings { Ridge = 10, Rounds = 0 },
        new GraphConvolutionSettings { Ridge = 0.01, Rounds = 0 },
        new GraphConvolutionSettings { Ridge = 10, CrossCamera = true },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracle(GraphConvolutionSettings settings)
    {
        foreach ((FeatureMatrix query, FeatureMatrix gallery) in RefinerCase.Inputs)
        {
            RefinerCase.AssertAgrees(settings, query, gallery, new RefinementOracle(query, gallery).Convolution(settings));
        }
    }

    // In later rounds rows that were the same differ by rounding alone, and which of them a list takes is left to that.
    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracleOnTiesInTheFirstRound(GraphConvolutionSettings settings)
    {
        GraphConvolutionSettings first = settings with { Rounds = Math.Min(settings.Rounds, 1) };
        foreach ((FeatureMatrix query, FeatureMatrix gallery) in RefinerCase.Ties)
        {
            RefinerCase.AssertAgrees(first, query, gallery, new RefinementOracle(query, gallery).Convolution(first));
        }
    }

    [Theory]
    [MemberData(nameof(CameraCases))]
    public void AgreesWithTheOracleOnCameras(GraphConvolutionSettings settings)
    {
        foreach (int cameras in (int[])[1, 2, 4])
        {
            foreach ((FeatureMatrix query, FeatureMatrix gallery) in RefinerCase.Inputs.Take(2))
            {
                (FeatureMatrix seen, FeatureMatrix known) = (RefinerCase.WithCameras(query, cameras), RefinerCase.WithCameras(gallery, cameras));
                RefinerCase.AssertAgrees(settings, seen, known, new RefinementOracle(seen, known).Convolution(settings));
            }
        }
    }

    [Fact]
    public void SmoothsTwoRowsAsWorkedByHand()
    {
        // exp(1 / beta) = 3 and exp(0) = 1: the rows become (3, 1) and (1, 3) times the same number.
        Ranking ranking = new GraphConvolutionSettings { Neighbors = 2, Rounds = 1, Temperature = 1 / Math.Log(3) }.CreateReRanker()
            .ReRank(new FeatureMatrix([1, 0], 1, 2), new FeatureMatrix([0, 1], 1, 2));
        Assert.Equal(0.6, ranking.GetScores(0)[0], 6);
    }

    [Fact]
    public void StaysFiniteAtTheLeastTemperature()
    {
        (FeatureMatrix query, FeatureMatrix gallery) = RefinerCase.Ties.Last();
        Ranking ranking = new GraphConvolutionSettings { Temperature = 0.001 }.CreateReRanker().ReRank(query, gallery);
        Assert.All(Enumerable.Range(0, query.RowCount), q => Assert.All(ranking.GetScores(q), score => Assert.InRange(score, -1.0001f, 1.0001f)));
    }

    [Fact]
    public void WhitensACameraOfEqualRowsToNothing()
    {
        // The mean of the equal rows is the row itself, which rounding must not make a direction.
        FeatureMatrix gallery = new([.. Enumerable.Repeat((float[])[0.1f, 0.7f, 0.3f], 7).SelectMany(row => row)], 7, 3, cameras: [1, 1, 1, 1, 1, 1, 1]);
        FeatureMatrix query = new([1, 2, 3], 1, 3, cameras: [1]);
        Ranking ranking = new GraphConvolutionSettings { Ridge = 10, Rounds = 0 }.CreateReRanker().ReRank(query, gallery);
        Assert.All(ranking.GetScores(0), score => Assert.Equal(0, score));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, 10.0)]
    public void RefusesRowsWithoutCameras(bool crossCamera, double? ridge)
    {
        IReRanker reRanker = new GraphConvolutionSettings { CrossCamera = crossCamera, Ridge = ridge }.CreateReRanker();
        Assert.Equal("CamerasNeeded", Assert.Throws<GnnReRankException>(
            () => reRanker.ReRank(MadeFeatures.Random(3, 3, seed: 1), MadeFeatures.Random(9, 3, seed: 2))).ErrorId);
    }

    [Fact]
    public void RefusesToWhitenACameraThatTheGalleryDoesNotShow()
    {
        FeatureMatrix query = RefinerCase.WithCameras(MadeFeatures.Random(5, 3, seed: 1), 3);
        FeatureMatrix gallery = RefinerCase.WithCameras(MadeFeatures.Random(9, 3, seed: 2), 2);
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => new GraphConvolutionSettings { Ridge = 10 }.CreateReRanker().ReRank(query, gallery));
        Assert.Equal("CameraNotInGallery", error.ErrorId);
        Assert.Contains("1 queries are of camera 3", error.Message);
    }
}
