using GnnReRank.Running;

namespace GnnReRank.Cluster.Results;

/// <summary>What keeps a ranking from being taken out of a job.</summary>
internal static class ResultErrors
{
    public static GnnReRankException NotDone(string path) => new(
        "JobNotDone", ErrorKind.InvalidArgument,
        $"The job in '{path}' is not done: there is no ranking yet. Wait for it with Wait-ReRankClusterJob, or see " +
        "Get-ReRankClusterJob for what it lacks.");

    public static GnnReRankException OtherShape(string side, FeatureMatrix matrix, int rowCount, int dimension) => new(
        "JobMatrixMismatch", ErrorKind.InvalidArgument,
        $"The {side} matrix has {matrix.RowCount:N0} x {matrix.Dimension:N0} values, and the job was planned with " +
        $"{rowCount:N0} x {dimension:N0}. Give the {side} matrix of the job, its rows in the order of its files.");

    public static GnnReRankException OtherRow(string side, int row) => new(
        "JobMatrixMismatch", ErrorKind.InvalidArgument,
        $"Row {row:N0} (0-based) of the {side} matrix has other values than the job's. Give the {side} matrix of the " +
        "job, its rows in the order of its files.");

    public static GnnReRankException MatrixTooLarge(string side, int rowCount, int dimension) => new(
        "JobMatrixTooLarge", ErrorKind.TooLarge,
        $"The job's {side} has {rowCount:N0} x {dimension:N0} values in several files, which memory does not hold as " +
        "one matrix. Import both matrices with -MemoryMapped and give them with -Query and -Gallery; or write the " +
        "ranking to files with -OutputFolder, which needs neither.");

    public static GnnReRankException RankingTooLarge(int queryCount, int top, long bytes, long limit) => new(
        "JobRankingTooLarge", ErrorKind.TooLarge,
        $"The ranking of {queryCount:N0} queries x {top:N0} gallery rows takes {MemoryBudget.Gigabytes(bytes)} GB; " +
        $"{MemoryBudget.Gigabytes(limit)} GB of memory may be used. Write it to files with -OutputFolder, a part at a " +
        "time.");

    public static GnnReRankException FolderTaken(string path, string how) => new(
        "ExportFolderTaken", ErrorKind.AlreadyExists,
        $"'{path}' {how}. A ranking is exported to a folder of its own: give a path that is not there, or of an " +
        "empty folder.");
}
