namespace GnnReRank.Datasets.Matching;

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

    /// <summary>How many folders stand before the file.</summary>
    public int Depth => _folders.Length;

    /// <summary>A folder, counted from the file upwards: 0 is the one that holds it.</summary>
    public string Folder(int place) => _folders[^(place + 1)];
}
