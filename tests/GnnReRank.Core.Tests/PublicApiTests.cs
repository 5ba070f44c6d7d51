namespace GnnReRank.Tests;

/// <summary>
/// What programs and scripts may rely on changes only where someone means it: PublicApi.txt has it all, for a diff.
/// </summary>
public sealed class PublicApiTests
{
    /// <summary>Set to 1, it has the list written anew.</summary>
    private const string RenewVariable = "GNNRERANK_RENEW_PUBLIC_API";

    [Fact]
    public void IsAsListed()
    {
        string path = Path.Combine(TestPaths.Repository, "tests", "GnnReRank.Core.Tests", "PublicApi.txt");
        string[] found = PublicApi.Of(typeof(FeatureMatrix).Assembly);
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1")
        {
            File.WriteAllText(path, string.Join('\n', found) + "\n");
        }

        string[] listed = File.ReadAllLines(path);
        string[] differences =
        [
            .. listed.Except(found).Select(line => "- " + line),
            .. found.Except(listed).Select(line => "+ " + line),
        ];
        Assert.True(
            differences.Length == 0 && listed.Length == found.Length,
            $"""
            The public API of GnnReRank.Core is no longer what tests/GnnReRank.Core.Tests/PublicApi.txt lists:
            {string.Join('\n', differences)}
            If that is meant, run this test with the environment variable {RenewVariable} set to 1,
            which writes the file anew, and name the change in CHANGELOG.md.
            """);
    }
}
