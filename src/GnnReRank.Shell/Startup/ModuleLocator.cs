namespace GnnReRank.Shell.Startup;

/// <summary>Finds the module this program was built with.</summary>
internal static class ModuleLocator
{
    public const string ManifestName = "GnnReRank.psd1";

    /// <summary>The manifest in the nearest folder above this program.</summary>
    public static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string candidate = Path.Combine(folder, ManifestName);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new ShellUsageException($"No {ManifestName} in '{AppContext.BaseDirectory}' or above it. Name one with -Module PATH.");
    }
}
