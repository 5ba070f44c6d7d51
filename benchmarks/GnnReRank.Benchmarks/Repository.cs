namespace GnnReRank.Benchmarks;

/// <summary>The clone this program was built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "GnnReRank.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"There is no GnnReRank.sln above '{AppContext.BaseDirectory}': run this program from a clone.");
    }
}
