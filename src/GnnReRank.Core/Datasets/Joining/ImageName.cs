namespace GnnReRank.Datasets.Joining;

/// <summary>A name of an image, of a data set or of a feature row, taken apart for comparison.</summary>
internal sealed class ImageName
{
    private readonly string[] _folders;

    public ImageName(string text)
    {
        Text = text;
        string[] parts = text.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        parts = [.. parts.Where(part => part != ".")];
        File = parts.Length == 0 ? string.Empty : parts[^1];
        _folders = parts.Length == 0 ? [] : parts[..^1];
        Stem = ImageEndings.Cut(File);
    }

    /// <summary>The name as it was given.</summary>
    public string Text { get; }

    /// <summary>The last part, with its ending.</summary>
    public string File { get; }

    /// <summary>The last part, without its ending.</summary>
    public string Stem { get; }

    /// <summary>How well another name with the same stem fits.</summary>
    public NameFit Fit(ImageName other)
    {
        int shared = 0;
        int most = Math.Min(_folders.Length, other._folders.Length);
        while (shared < most && _folders[^(shared + 1)] == other._folders[^(shared + 1)])
        {
            shared++;
        }

        bool agree = shared == most;
        bool sameFile = File == other.File;
        NameFitLevel level = (agree, sameFile) switch
        {
            (true, true) => NameFitLevel.Path,
            (true, false) => NameFitLevel.PathWithoutEnding,
            (false, true) => NameFitLevel.File,
            _ => NameFitLevel.Stem,
        };
        return new NameFit(level, shared, _folders.Length == other._folders.Length);
    }
}
