using System.Globalization;

namespace GnnReRank.Cluster.Plans;

/// <summary>Where the files of a job lie, all under one directory of a shared file system.</summary>
/// <param name="path">The directory's full path.</param>
internal sealed class JobDirectory(string path)
{
    public string Path { get; } = path;

    public string Plan => In("plan.json");

    /// <summary>The features of a shard, as a .npy array.</summary>
    public string Shard(int shard) => In("shards", $"{Number(shard)}.npy");

    /// <summary>What an item of a stage leaves.</summary>
    public string Part(string stage, int item) => In(stage, $"{Number(item)}.part");

    /// <summary>What says that an item is done: written last.</summary>
    public string Done(string stage, int item) => In("done", $"{stage}-{Number(item)}");

    /// <summary>What says why an item failed, and how often it was tried.</summary>
    public string Failed(string stage, int item) => In("failed", $"{stage}-{Number(item)}");

    /// <summary>How the job was started last.</summary>
    public string StartFile => In("start.json");

    /// <summary>Held by the call that starts or stops the job.</summary>
    public string Lock => In("start.lock");

    /// <summary>What the tasks of an element of a stage's array wrote.</summary>
    public string Log(string stage, int element) =>
        In("logs", string.Create(CultureInfo.InvariantCulture, $"{stage}-{element}.log"));

    public string Scripts => In("scripts");

    public string Logs => In("logs");

    /// <summary>Whoever writes asks before: a job that was removed is not to come back in parts.</summary>
    /// <exception cref="GnnReRankException">The directory is gone, or holds no plan.</exception>
    public void RequireThere()
    {
        if (!File.Exists(Plan))
        {
            throw new GnnReRankException(
                "JobDirectoryGone", ErrorKind.NotFound,
                $"'{Plan}' is gone: the job's directory was removed or moved while the job ran. Nothing more is " +
                "written. Put the directory back and resume the job, or plan it anew.");
        }
    }

    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Number(int number) => number.ToString("00000", CultureInfo.InvariantCulture);
}
