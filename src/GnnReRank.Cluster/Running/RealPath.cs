namespace GnnReRank.Cluster.Running;

/// <summary>Paths with their links followed, for asking whether two are one.</summary>
internal static class RealPath
{
    public static bool AreSame(string first, string second) =>
        first == second || string.Equals(
            Of(first), Of(second),
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static string Of(string path)
    {
        if (Path.GetDirectoryName(path) is not string parent)
        {
            return path;
        }

        string here = Path.Combine(Of(parent), Path.GetFileName(path));
        try
        {
            return new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: true) is FileSystemInfo target
                ? Of(target.FullName)
                : here;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return here;
        }
    }
}
