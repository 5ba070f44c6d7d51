namespace GnnReRank.Cluster.Files;

/// <summary>What can be wrong with the files of a job.</summary>
internal static class PartErrors
{
    public static GnnReRankException Missing(string path) => new(
        "JobFileMissing", ErrorKind.NotFound,
        $"'{path}' is not there. Put it back, or remove the mark '{MarkOf(path)}' if there is one; then resume the job, which " +
        "makes the file again.");

    public static GnnReRankException CutShort(string path, long found, long expected) => new(
        "JobFileCutShort", ErrorKind.InvalidData,
        $"'{path}' has {found:N0} bytes, and {expected:N0} were written. {Advice(path)}");

    public static GnnReRankException Broken(string path, string how) => new(
        "JobFileBroken", ErrorKind.InvalidData, $"'{path}' is no whole file of this job: {how}. {Advice(path)}");

    public static GnnReRankException JobGone(string folder) => new(
        "JobFolderGone", ErrorKind.NotFound,
        $"The job's directory '{folder}' is not there any more. Nothing more is written.");

    private static string Advice(string path) =>
        $"Remove the mark '{MarkOf(path)}', and resume the job, which makes the file again.";

    /// <summary>What says that the item which writes a file is done.</summary>
    private static string MarkOf(string path)
    {
        string stage = Path.GetFileName(Path.GetDirectoryName(path)) ?? string.Empty;
        string item = Path.GetFileNameWithoutExtension(path);
        return $"done/{(stage == "shards" ? "import" : stage)}-{item}";
    }
}
