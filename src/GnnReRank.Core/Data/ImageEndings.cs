namespace GnnReRank;

/// <summary>The endings of image files, which names of one image may have or lack.</summary>
internal static class ImageEndings
{
    // Only known endings are cut off, so that a dot within a name does no harm.
    private static readonly HashSet<string> s_images = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".ppm", ".pgm",
    };

    /// <summary>Whether a file is an image by its ending.</summary>
    public static bool IsImage(string file) => s_images.Contains(Path.GetExtension(file));

    /// <summary>A file's name without the ending of an image, or of a feature file of one image.</summary>
    public static string Cut(string file)
    {
        string ending = Path.GetExtension(file);
        return s_images.Contains(ending) || ending.Equals(".npy", StringComparison.OrdinalIgnoreCase) ? file[..^ending.Length] : file;
    }
}
