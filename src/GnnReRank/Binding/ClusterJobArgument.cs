using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>The cluster jobs that an argument names: a job, its status, or the path of its directory.</summary>
internal static class ClusterJobArgument
{
    /// <summary>Jobs, and the full paths of others, which are still to be opened.</summary>
    /// <exception cref="GnnReRankException">
    /// No directory matches, the path is not one of the file system, or it is another object.
    /// </exception>
    public static IReadOnlyList<object> Find(PSCmdlet command, PSObject given) => given.BaseObject switch
    {
        ReRankClusterJob job => [job],
        ClusterJobStatus status => [status.Path],
        FileSystemInfo folder => [folder.FullName],
        string path => Find(command, path),
        object other => throw Errors.NotAClusterJob(other),
    };

    /// <summary>A folder that is named must be a job's, as opening it says; of those that a wildcard matches, others may lie beside.</summary>
    private static IReadOnlyList<string> Find(PSCmdlet command, string path)
    {
        try
        {
            return SessionPaths.Find(command, path, ReRankClusterJob.Exists, hasLiteralPath: false);
        }
        catch (GnnReRankException none) when (none.ErrorId == "NoFileMatches")
        {
            throw Errors.NoJobMatches(path);
        }
    }
}
