namespace GnnReRank.Reports.Pictures;

/// <summary>The folder that names are relative to. What a name says is never trusted to stay in it.</summary>
internal sealed class PictureFolder(string path)
{
    private readonly string _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    public string FullPath => _path;

    /// <summary>The name without the folder, where it holds it: file lists often have full paths.</summary>
    public string NameOf(string name)
    {
        string plain = Plain(name);
        string prefix = Plain(_path) + "/";
        return plain.StartsWith(prefix, StringComparison.Ordinal) ? plain[prefix.Length..] : name;
    }

    /// <summary>The full path of a picture; null where the name leaves the folder or is no path.</summary>
    public string? FileOf(string name)
    {
        string[] steps = Plain(NameOf(name)).Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool isPath = steps.Length > 0 && !steps.Contains("..") && !name.Contains('\0') && !steps[0].EndsWith(':');
        return isPath ? Path.Combine([_path, .. steps]) : null;
    }

    /// <summary>The folder as a page in <paramref name="reportFolder"/> links to it, ending in a slash.</summary>
    public string LinkFrom(string reportFolder)
    {
        string relative = Path.GetRelativePath(reportFolder, _path);
        return Path.IsPathRooted(relative)
            ? new Uri(_path).AbsoluteUri + "/"
            : string.Concat(Plain(relative).Split('/').Prepend(".").Select(step => Uri.EscapeDataString(step) + "/"));
    }

    private static string Plain(string name) => name.Replace('\\', '/');
}
