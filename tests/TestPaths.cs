namespace GnnReRank.Tests;

/// <summary>Where the repository and its test inputs lie.</summary>
internal static class TestPaths
{
    public static string Repository { get; } = FindRepository();

    /// <summary>tests/data: small fixtures, each described in its README.</summary>
    public static string Data(params string[] parts) => Path.Combine([Repository, "tests", "data", .. parts]);

    /// <summary>Real features beside the checkout; the test skips with a reason where they are missing.</summary>
    public static string SharedOrSkip(params string[] parts)
    {
        string path = Path.Combine([Path.GetDirectoryName(Repository)!, "shared", "data", .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"'{Path.Combine(parts)}' is not beside this checkout (shared/data).");
        return path;
    }

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "GnnReRank.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No GnnReRank.sln above {AppContext.BaseDirectory}.");
    }
}
