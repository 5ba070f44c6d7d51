namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>What a run's path says of it.</summary>
internal static class RunPath
{
    /// <summary>The stage that people see while a run is read.</summary>
    public const string Stage = "Reading the run";

    private const string GzipEnding = ".gz";

    /// <summary>A file's ending in lower case, that before .gz where it is compressed.</summary>
    public static string BareEnding(string path) => Path.GetExtension(WithoutGzip(path)).ToLowerInvariant();

    /// <summary>What is known of a run that does not say what made it.</summary>
    public static ImportedSettings SettingsOf(string path)
    {
        string file = Path.GetFileName(path);
        string stem = Path.GetFileNameWithoutExtension(WithoutGzip(file));
        return new ImportedSettings(stem.Length > 0 ? stem : file, file);
    }

    private static string WithoutGzip(string path) =>
        path.EndsWith(GzipEnding, StringComparison.OrdinalIgnoreCase) ? path[..^GzipEnding.Length] : path;
}
