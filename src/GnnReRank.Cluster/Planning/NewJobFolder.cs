using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Planning;

/// <summary>The directory of a job that is being planned. What fails leaves nothing behind.</summary>
internal static class NewJobFolder
{
    /// <exception cref="GnnReRankException">It has files in it, or is no directory.</exception>
    public static void RequireEmpty(string path)
    {
        if (File.Exists(Path.Combine(path, "plan.json")))
        {
            throw Taken(path, "has a job in it already");
        }

        if (File.Exists(path))
        {
            throw Taken(path, "is a file");
        }

        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw Taken(path, "is a directory with other files in it");
        }
    }

    /// <summary>Makes the directory where it is not there, and writes the plan.</summary>
    /// <exception cref="GnnReRankException">It has a plan by now, or cannot be written.</exception>
    public static void Write(JobDirectory directory, JobPlan plan)
    {
        string[] made = [.. Missing(directory.Path)];
        bool isPlanOurs = false;
        try
        {
            Directory.CreateDirectory(directory.Path);
            RequireEmpty(directory.Path);
            PlanFile.Create(directory.Plan, plan, created: () => isPlanOurs = true);
        }
        catch (Exception fault)
        {
            if (isPlanOurs)
            {
                File.Delete(directory.Plan);
            }

            Array.ForEach(made, DeleteEmpty);
            throw fault switch
            {
                IOException when !isPlanOurs && File.Exists(directory.Plan) =>
                    Taken(directory.Path, "has a job in it already"),
                IOException or UnauthorizedAccessException => new GnnReRankException(
                    "JobDirectoryNotWritable", ErrorKind.InvalidArgument,
                    $"The job's directory '{directory.Path}' could not be written, and nothing of it was kept: " +
                    $"{fault.Message} Give a directory on a disk with room, that all machines of the job see and may " +
                    "write.",
                    fault),
                _ => fault,
            };
        }
    }

    /// <summary>The folders that would have to be made, innermost first.</summary>
    private static IEnumerable<string> Missing(string path)
    {
        string? folder = path;
        while (folder is not null && !Directory.Exists(folder))
        {
            yield return folder;
            folder = Path.GetDirectoryName(folder);
        }
    }

    private static void DeleteEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    private static GnnReRankException Taken(string path, string how) => new(
        "JobDirectoryTaken", ErrorKind.AlreadyExists,
        $"'{path}' {how}, and a job has its directory for itself. Give a path that is not there, or of an empty " +
        "directory.");
}
