namespace GnnReRank.Fuzz;

/// <summary>Where the repository's files lie, from wherever the program is started.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Data(params string[] parts) => Path.Combine([Root, "tests", "data", .. parts]);

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "GnnReRank.psd1")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("GnnReRank.psd1 is in no folder above this program.");
    }
}
