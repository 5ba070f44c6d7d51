namespace GnnReRank.Tests.ReRanking;

/// <summary>The rule that chooses k1, k2 and lambda, on graphs whose lists are known.</summary>
public sealed class GnnParameterRuleTests
{
    /// <summary>Six rows that all are each other's nearest: reciprocity 1; from 0.9 at the nearest to 0.5 at the last of the list.</summary>
    [Fact]
    public void RowsThatAgreeLetTheMessagesDecide()
    {
        GnnReRankSettings chosen = GnnParameterRule.Choose(new GnnReRankSettings { IsAutomatic = true }, Ring(6, 6));
        Assert.Equal((6, 3, false), (chosen.K1, chosen.K2, chosen.IsAutomatic));

        // Delta = 0.4: 0.3 / (0.3 + 0.4).
        Assert.Equal(0.3 / 0.7, chosen.Lambda!.Value, 6);
        Assert.Contains("100 %", chosen.Choice!.Replace("100%", "100 %", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>A row's neighbours are the six that follow it on a ring of thirty: nobody is listed by those whom it lists.</summary>
    [Fact]
    public void RowsThatDoNotAgreeAreLeftToTheCosine()
    {
        GnnReRankSettings chosen = GnnParameterRule.Choose(new GnnReRankSettings { IsAutomatic = true }, Ring(30, 9));
        Assert.Equal((6, 2), (chosen.K1, chosen.K2));
        Assert.Equal(8 / 8.4, chosen.Lambda!.Value, 6);
    }

    [Fact]
    public void ALambdaThatIsGivenStays() => Assert.Equal(
        (6, 2, 0.25),
        GnnParameterRule.Choose(new GnnReRankSettings { IsAutomatic = true, Lambda = 0.25 }, Ring(30, 9)) is GnnReRankSettings chosen
            ? (chosen.K1, chosen.K2, chosen.Lambda!.Value)
            : default);

    [Fact]
    public void RowsThatAreAllAlikeKeepTheCosine()
    {
        NeighborGraph graph = NeighborSearch.Build(null, new FeatureMatrix([1, 1, 1, 1, 1, 1], 3, 2), 3);
        Assert.Equal(1, GnnParameterRule.Choose(new GnnReRankSettings { IsAutomatic = true }, graph).Lambda);
    }

    /// <summary>Each row lists itself and those that follow it; cosines fall evenly from 0.9 to 0.5.</summary>
    private static NeighborGraph Ring(int rows, int length)
    {
        int[] indices = [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(row, length).Select(other => other % rows))];
        float[] list = [1, .. Enumerable.Range(0, length - 1).Select(place => 0.9f - (0.4f * place / (length - 2)))];
        return new NeighborGraph(indices, [.. Enumerable.Repeat(list, rows).SelectMany(scores => scores)], rows, length);
    }
}
