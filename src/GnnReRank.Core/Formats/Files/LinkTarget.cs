namespace GnnReRank.Formats.Files;

/// <summary>Follows symbolic links.</summary>
internal static class LinkTarget
{
    /// <summary>The path that a link leads to in the end, be there a file or not; the path itself where it is no link.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path) => new FileInfo(path).LinkTarget is null
        ? path
        : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
