using System.Diagnostics;
using System.Globalization;
using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Running;

/// <summary>Runs a job's tasks on a Slurm cluster: an array a stage, each after the one before it.</summary>
internal sealed class SlurmEngine(SlurmCommands commands) : IJobEngine
{
    // Slurm's own default.
    private const int UsualMaxArraySize = 1001;

    private static readonly TimeSpan s_longestEnd = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    public void Start(
        JobPlan plan, JobDirectory directory, IReadOnlyList<IJobStage> stages, ClusterStartOptions options)
    {
        int most = MaxArraySize();
        Directory.CreateDirectory(directory.Logs);
        Directory.CreateDirectory(directory.Scripts);
        StartRecord record = new()
        {
            Id = plan.Id, Options = options, Host = Environment.MachineName, Directory = directory.Path,
        };
        try
        {
            foreach (IJobStage stage in stages)
            {
                string path = Path.Combine(directory.Scripts, SlurmScripts.NameOf(stage));
                File.WriteAllText(path, SlurmScripts.Of(plan, directory, stage, most, options));
                string[] after = record.SlurmJobs.Count == 0 ? [] : [$"--dependency=afterok:{record.SlurmJobs[^1]}"];

                // With several clusters it gives the job's number and the cluster's name.
                string job = commands.Require("sbatch", ["--parsable", .. after, path]).Trim().Split(';')[0];
                record = record with { SlurmJobs = [.. record.SlurmJobs, job] };
                ItemMarks.Write(directory.StartFile, record, MarkJson.Default.StartRecord);
            }
        }
        catch
        {
            if (record.SlurmJobs.Count > 0)
            {
                _ = commands.Run("scancel", record.SlurmJobs);
            }

            throw;
        }
    }

    public EngineState Ask(JobPlan plan, JobDirectory directory, StartRecord record) 
    {
        EngineState state = FindTasks(plan);
        return state.IsAlive is null ? state with { Jobs = record.SlurmJobs } : state;
    }

    /// <summary>The tasks that bear the name of a job, whoever submitted them.</summary>
    public EngineState FindTasks(JobPlan plan)
    {
        (int code, string output, string error) answer;
        try
        {
            answer = commands.Run(
                "squeue", "--noheader", "--format=%F|%T|%r", $"--name={string.Join(',', JobNames(plan))}");
        }
        catch (GnnReRankException silent)
        {
            return new EngineState(IsAlive: null, [], silent.Message);
        }

        if (answer.code != 0)
        {
            return new EngineState(
                IsAlive: null, [], $"Slurm does not answer: {EngineErrors.OneLine(answer.error)}.");
        }

        string[][] rows = [.. answer.output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('|', 3)).Where(fields => fields.Length == 3)];
        return new EngineState(rows.Length > 0, [.. rows.Select(fields => fields[0]).Distinct()], NoteOf(rows),
            rows.Length > 0 && rows.All(fields => fields[1] == "PENDING"));
    }

    public void Stop(JobPlan plan, JobDirectory directory, StartRecord record)
    {
        // By name alone: a start that was killed may have left jobs that it did not note, and a number that it noted
        // may be another's job by now.
        EngineState left = Ask(plan, directory, record);
        if (left.IsAlive is null)
        {
            throw EngineErrors.Unknown(directory.Path, left.Note);
        }

        if (left is { IsAlive: true, Jobs.Count: > 0 })
        {
            _ = commands.Require("scancel", left.Jobs);
        }

        // Tasks have some seconds to end; a call that starts the job again finds it free.
        long asked = Stopwatch.GetTimestamp();
        while (left.IsAlive == true && Stopwatch.GetElapsedTime(asked) < s_longestEnd)
        {
            Thread.Sleep(s_pause);
            left = Ask(plan, directory, record);
        }
    }

    /// <summary>The longest array that Slurm takes; its default where it does not answer.</summary>
    public int MostElements()
    {
        try
        {
            return MaxArraySize();
        }
        catch (GnnReRankException)
        {
            return UsualMaxArraySize;
        }
    }

    private int MaxArraySize()
    {
        string line = commands.Require("scontrol", "show", "config").Split('\n')
            .FirstOrDefault(line => line.StartsWith("MaxArraySize", StringComparison.Ordinal)) ?? string.Empty;
        return int.TryParse(line.Split('=')[^1], CultureInfo.InvariantCulture, out int most) && most > 0
            ? most
            : UsualMaxArraySize;
    }

    private static IEnumerable<string> JobNames(JobPlan plan) =>
        StageList.Of(plan).Select(stage => SlurmScripts.JobName(plan, stage.Name));

    /// <summary>Why tasks wait, where it is more than their turn.</summary>
    private static string? NoteOf(string[][] rows)
    {
        string[] usual = ["None", "Dependency", "Priority", "Resources", "BeginTime"];
        string[] reasons = [.. rows.Where(fields => fields[1] == "PENDING" && !usual.Contains(fields[2]))
            .Select(fields => fields[2]).Distinct()];
        return reasons.Length == 0 ? null : $"Slurm lets tasks wait: {string.Join(", ", reasons)}.";
    }
}
