namespace GnnReRank.Extractor;

/// <summary>The pictures that the command line names, in the order of their names.</summary>
internal static class PictureFiles
{
    private static readonly string[] s_endings = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];

    /// <exception cref="ExtractionException">Something is missing, or two pictures have one name.</exception>
    public static IReadOnlyList<PictureFile> Find(ExtractionOptions options)
    {
        List<PictureFile> found =
            options.List is string list ? Listed(list) : [.. options.Folders.SelectMany(InFolder)];
        found.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        for (int i = 1; i < found.Count; i++)
        {
            if (found[i].Name == found[i - 1].Name)
            {
                throw new ExtractionException(
                    $"Two pictures have the name '{found[i].Name}': '{found[i - 1].Path}' and '{found[i].Path}'. "
                    + "Give the folder above both, so that their names tell them apart, or name each once.");
            }
        }

        return found;
    }

    private static List<PictureFile> InFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            string hint = File.Exists(folder)
                ? "It is a file: give the folder it lies in, or a list of files by --list."
                : "Check the path.";
            throw new ExtractionException($"There is no folder '{folder}'. {hint}");
        }

        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        List<PictureFile> pictures =
            [.. files.Where(IsPicture).Select(file => new PictureFile(file, NameOf(folder, file)))];
        return pictures.Count > 0
            ? pictures
            : throw new ExtractionException(
                $"'{folder}' holds {files.Length:N0} files, and none of them ends in {string.Join(", ", s_endings)}.");
    }

    // Paths start at the list's folder, as people write them beside their pictures.
    private static List<PictureFile> Listed(string list)
    {
        if (!File.Exists(list))
        {
            throw new ExtractionException(
                $"There is no list '{list}': give a text file with the path of one picture a line.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(list))!;
        List<PictureFile> pictures = [];
        int line = 0;
        foreach (string text in File.ReadLines(list).Select(text => text.Trim()))
        {
            line++;
            string path = Path.Combine(folder, text);
            if (text.Length > 0 && !File.Exists(path))
            {
                throw new ExtractionException(
                    $"'{list}', line {line}: there is no file '{path}'. Paths start at the folder of the list.");
            }

            if (text.Length > 0)
            {
                pictures.Add(new PictureFile(path, text.Replace('\\', '/')));
            }
        }

        return pictures.Count > 0 ? pictures : throw new ExtractionException($"'{list}' names no picture.");
    }

    private static bool IsPicture(string file) =>
        s_endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static string NameOf(string folder, string file) =>
        Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
}
