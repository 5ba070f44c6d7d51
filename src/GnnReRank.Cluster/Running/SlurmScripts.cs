using System.Globalization;
using System.Text;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Running;

/// <summary>The scripts that sbatch is given, one a stage.</summary>
internal static class SlurmScripts
{
    private const int RequeueTries = 60;
    private const long Megabyte = 1 << 20;

    public static string NameOf(IJobStage stage) => $"{stage.Name}.sh";

    public static string JobName(JobPlan plan, string stage) => $"gnnrerank-{plan.Id}-{stage}";

    /// <summary>The elements of a stage's array, where Slurm takes so many at most.</summary>
    public static int ElementsOf(JobPlan plan, IJobStage stage, int most) =>
        Math.Max(1, Math.Min(stage.CountItems(plan), Math.Min(plan.Tasks, most)));

    /// <exception cref="GnnReRankException">A word cannot stand in a script.</exception>
    public static string Of(
        JobPlan plan, JobDirectory directory, IJobStage stage, int most, ClusterStartOptions options)
    {
        int elements = ElementsOf(plan, stage, most);
        StringBuilder script = new();
        script.Append("#!/bin/bash\n");
        foreach (string option in Options(plan, directory, stage, elements, options))
        {
            script.Append("#SBATCH ").Append(option).Append('\n');
        }

        string[] words =
        [
            .. plan.Worker, WorkerArguments.RunVerb, WorkerArguments.Job, directory.Path, WorkerArguments.Id, plan.Id,
            WorkerArguments.Stage, stage.Name,
        ];
        string command = string.Join(' ', words.Select(word => ShellWord("the worker's command line", word)));
        script.Append(string.Create(CultureInfo.InvariantCulture, $"""

            {command} {WorkerArguments.Element} "$SLURM_ARRAY_TASK_ID" {WorkerArguments.Elements} {elements}
            code=$?
            case $code in
                {ExitCodes.Done} | {ExitCodes.Usage} | {ExitCodes.Permanent} | {ExitCodes.Refused}) exit $code ;;
            esac

            # What may go well another time is tried again. Slurm ends this script when it requeues the task; while its
            # controller is away it does not answer.
            if [ "0$SLURM_RESTART_COUNT" -lt {ExitCodes.MostRetries} ]; then
                for i in $(seq {RequeueTries}); do
                    scontrol requeue "$SLURM_ARRAY_JOB_ID"_"$SLURM_ARRAY_TASK_ID" && sleep 300 && break
                    sleep 5
                done
            fi
            exit $code

            """).ReplaceLineEndings("\n"));
        return script.ToString();
    }

    private static IEnumerable<string> Options(
        JobPlan plan, JobDirectory directory, IJobStage stage, int elements, ClusterStartOptions options)
    {
        yield return $"--job-name={JobName(plan, stage.Name)}";
        yield return FormattableString.Invariant($"--array=0-{elements - 1}");
        yield return "--requeue";
        yield return "--kill-on-invalid-dep=yes";
        yield return "--ntasks=1";
        if (plan.ThreadsPerTask > 0)
        {
            yield return FormattableString.Invariant($"--cpus-per-task={plan.ThreadsPerTask}");
        }

        yield return FormattableString.Invariant($"--mem={(plan.MemoryPerTask - 1) / Megabyte + 1}M");
        if (options.TimeLimit is TimeSpan limit)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--time={limit.Days}-{limit:hh\\:mm\\:ss}");
        }

        if (options.Partition is string partition)
        {
            yield return OptionWord("-Partition", $"--partition={partition}");
        }

        if (options.Account is string account)
        {
            yield return OptionWord("-Account", $"--account={account}");
        }

        if (options.Gres is string gres && StageList.IsSearch(stage))
        {
            yield return OptionWord("-Gres", $"--gres={gres}");
        }

        string logs = directory.Logs.Replace("%", "%%", StringComparison.Ordinal);
        yield return OptionWord("the job's directory", $"--output={logs}/{stage.Name}-%a.log");
        yield return "--open-mode=append";
        if (options.SbatchArguments.Count > 0)
        {
            RequireFree(options.SbatchArguments);
            yield return string.Join(' ', options.SbatchArguments.Select(word => OptionWord("-SbatchArgument", word)));
        }
    }

    /// <summary>A word of a #SBATCH line, which Slurm reads itself.</summary>
    private static string OptionWord(string name, string word)
    {
        Require(name, word);
        if (word.AsSpan().IndexOfAny(" \t\"'\\#") < 0)
        {
            return word;
        }

        string escaped = word.Replace("\\", "\\\\", StringComparison.Ordinal);
        return $"\"{escaped.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static string ShellWord(string name, string word)
    {
        Require(name, word);
        return word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=+:,@".Contains(letter))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A job's items and its tasks are found by what it sets itself.</summary>
    private static void RequireFree(IReadOnlyList<string> words)
    {
        string[] names = ["--array", "--job-name", "--dependency"];
        string[] letters = ["-a", "-J", "-d"];
        if (words.FirstOrDefault(word =>
            names.Contains(word.Split('=')[0]) ||
            letters.Any(letter => word.StartsWith(letter, StringComparison.Ordinal))) is string taken)
        {
            throw EngineErrors.SlurmWordTaken(taken);
        }
    }

    private static void Require(string name, string word)
    {
        if (word.AsSpan().ContainsAny('\n', '\r'))
        {
            throw EngineErrors.SlurmWord(name, word);
        }
    }
}
