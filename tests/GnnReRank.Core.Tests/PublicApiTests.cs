namespace GnnReRank.Tests;

/// <summary>
/// What programs and scripts may rely on changes only where someone means it: PublicApi.txt has it all, for a diff.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void IsAsListed() => PublicApi.RequireListed(typeof(FeatureMatrix).Assembly);
}
