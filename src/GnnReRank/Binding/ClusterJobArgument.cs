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
        string path => SessionPaths.Find(command, path, Directory.Exists),
        object other => throw Errors.NotAClusterJob(other),
    };
}
