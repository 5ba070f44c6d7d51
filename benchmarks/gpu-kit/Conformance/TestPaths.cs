namespace GnnReRank.Tests;

/// <summary>Where the linked tests find data: what the kit carries. There is no repository.</summary>
internal static class TestPaths
{
    public static string Repository => Skip("the repository");

    public static string Data(params string[] parts) => Skip(Path.Combine(["tests", "data", .. parts]));

    /// <summary>Real features in the kit's folder "data"; the test is skipped where they were not taken along.</summary>
    public static string SharedOrSkip(params string[] parts)
    {
        string path = Path.Combine([AppContext.BaseDirectory, "data", .. parts]);
        return File.Exists(path) || Directory.Exists(path) ? path : Skip(Path.Combine(parts));
    }

    private static string Skip(string what)
    {
        Assert.Skip($"'{what}' is not in the kit.");
        return string.Empty;
    }
}
