using System.Text;
using System.Text.Json;

namespace GnnReRank.Cluster.Plans;

/// <summary>plan.json.</summary>
internal static class PlanFile
{
    /// <summary>The version of this module.</summary>
    public static string OwnVersion { get; } =
        typeof(PlanFile).Assembly.GetName().Version is Version version ? version.ToString(3) : "0.0.0";

    /// <summary>Writes the plan of a new job.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="created">Called when the file is there, and is this call's.</param>
    /// <exception cref="IOException">There is one already, or the system failed to write.</exception>
    public static void Create(string path, JobPlan plan, Action created)
    {
        using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        created();
        stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(plan, PlanJson.Default.JobPlan)));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="GnnReRankException">There is none, it is of another version, or broken.</exception>
    public static JobPlan Read(JobDirectory directory)
    {
        string path = directory.Plan;
        if (!File.Exists(path))
        {
            throw new GnnReRankException(
                "JobNotFound", ErrorKind.NotFound,
                $"'{directory.Path}' is not the directory of a cluster job: it has no plan.json. Give the path that " +
                "New-ReRankClusterJob was given.");
        }

        string text = File.ReadAllText(path);
        try
        {
            Require(path, JsonSerializer.Deserialize(text, PlanJson.Default.PlanHead));
            JobPlan plan = JsonSerializer.Deserialize(text, PlanJson.Default.JobPlan) ??
                throw Broken(path, "it is empty");
            return PlanRanges.FaultOf(plan) is string fault ? throw Broken(path, fault) : plan;
        }
        catch (JsonException broken)
        {
            throw Broken(path, broken.Message);
        }
    }

    private static void Require(string path, PlanHead? head)
    {
        if (head?.Format is not int format || head.Version is not string version)
        {
            throw Broken(path, "it names no format and version");
        }

        if (format != JobPlan.CurrentFormat || version != OwnVersion)
        {
            throw new GnnReRankException(
                "PlanVersion", ErrorKind.NotSupported,
                $"'{path}' is a plan of version {version}, format {format}, and this is version {OwnVersion}, format " +
                $"{JobPlan.CurrentFormat}. Use the version that planned the job, or plan it anew in another " +
                "directory.");
        }
    }

    private static GnnReRankException Broken(string path, string how) => new(
        "PlanBroken", ErrorKind.InvalidData,
        $"'{path}' is broken: {how.TrimEnd('.')}. Restore it as it was planned, or plan the job anew in another " +
        "directory.");
}
