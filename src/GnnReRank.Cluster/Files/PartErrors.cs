namespace GnnReRank.Cluster.Files;

/// <summary>What can be wrong with the files of a job.</summary>
internal static class PartErrors
{
    public static GnnReRankException Missing(string path) => new(
        "JobFileMissing", ErrorKind.NotFound,
        $"'{path}' is not there, though the step that writes it is done. Restore the file; or delete that step's mark " +
        "in the folder 'done', and resume the job, which makes it again.");

    public static GnnReRankException CutShort(string path, long found, long expected) => new(
        "JobFileCutShort", ErrorKind.InvalidData,
        $"'{path}' has {found:N0} bytes, and {expected:N0} were written. Delete it and its step's mark in the folder " +
        "'done', and resume the job, which makes it again.");

    public static GnnReRankException Broken(string path, string how) => new(
        "JobFileBroken", ErrorKind.InvalidData,
        $"'{path}' is no whole file of this job: {how}. Delete it and its step's mark in the folder 'done', and resume " +
        "the job, which makes it again.");
}
