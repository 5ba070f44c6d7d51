namespace GnnReRank.Tests.ReRanking.Gnn;

public sealed class GnnReRankSettingsTests
{
    [Fact]
    public void DefaultsAreThePapers()
    {
        GnnReRankSettings settings = new();
        settings.Validate();
        Assert.Equal((26, 7, 2, 2.0, 0.0), (settings.K1, settings.K2, settings.Layers, settings.Alpha, settings.EffectiveLambda));
        Assert.Equal(0.3, (settings with { Variant = GnnVariant.Reference }).EffectiveLambda);
        Assert.Equal(0.0, (settings with { Variant = GnnVariant.Reference, Lambda = 0 }).EffectiveLambda);
    }

    public static TheoryData<string, GnnReRankSettings> OutOfRange => new()
    {
        { "InvalidK1", new() { K1 = 0 } },
        { "InvalidK2", new() { K2 = 0 } },
        { "K2ExceedsK1", new() { K1 = 5, K2 = 6 } },
        { "InvalidLayers", new() { Layers = -1 } },
        { "InvalidAlpha", new() { Alpha = -0.1 } },
        { "InvalidAlpha", new() { Alpha = double.NaN } },
        { "InvalidLambda", new() { Lambda = 1.1 } },
        { "InvalidLambda", new() { Lambda = -0.1 } },
        { "InvalidLambda", new() { Lambda = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void NamesTheParameterOutOfRange(string errorId, GnnReRankSettings settings) =>
        Assert.Equal(errorId, Assert.Throws<GnnReRankException>(settings.Validate).ErrorId);

    [Theory]
    [InlineData(100, 26, 7)]
    [InlineData(26, 26, 7)]
    [InlineData(10, 10, 7)]
    [InlineData(3, 3, 3)]
    public void ClampsToTheNumberOfVertices(int vertices, int k1, int k2)
    {
        GnnReRankSettings clamped = new GnnReRankSettings().ClampTo(vertices);
        Assert.Equal((k1, k2), (clamped.K1, clamped.K2));
    }

    [Theory]
    [InlineData(26, 7)]
    [InlineData(7, 7)]
    [InlineData(5, 5)]
    [InlineData(1, 1)]
    public void AnUnsetK2FollowsK1(int k1, int k2)
    {
        GnnReRankSettings settings = new() { K1 = k1 };
        settings.Validate();
        Assert.Equal(k2, settings.K2);
        Assert.Equal(settings, new GnnReRankSettings { K1 = k1, K2 = k2, Lambda = 0 });
        Assert.Equal(settings.GetHashCode(), new GnnReRankSettings { K1 = k1, K2 = k2, Lambda = 0 }.GetHashCode());
        Assert.Contains($"k1={k1} k2={k2} ", settings.ToString());
        Assert.NotEqual(settings, settings with { Layers = 3 });
    }

    [Fact]
    public void DoesNotShortenAK2BeyondK1WhenItClamps() => Assert.Equal(
        "K2ExceedsK1",
        Assert.Throws<GnnReRankException>(() => new GnnReRankSettings { K1 = 30, K2 = 50 }.ClampTo(20)).ErrorId);
}
