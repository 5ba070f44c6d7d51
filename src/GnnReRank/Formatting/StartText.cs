using System.Globalization;

namespace GnnReRank.Formatting;

/// <summary>What starting a cluster job would do, for people who look before they start it.</summary>
internal static class StartText
{
    private const string Option = "#SBATCH ";

    /// <summary>Scripts, then a line a stage with the words that sbatch gets on its line and in its script.</summary>
    /// <param name="job">The job.</param>
    /// <param name="options">Where it would run.</param>
    /// <param name="isWhole">Whether all scripts are given, rather than one.</param>
    public static IReadOnlyList<string> Slurm(ReRankClusterJob job, ClusterStartOptions options, bool isWhole)
    {
        IReadOnlyDictionary<string, string> scripts = job.GetScripts(options);
        (string Stage, string Name, string Script)[] left =
        [
            .. Left(job).Select(stage => (stage, Name: $"{stage}.sh")).Where(stage => scripts.ContainsKey(stage.Name))
                .Select(stage => (stage.stage, stage.Name, scripts[stage.Name])),
        ];
        if (left.Length == 0)
        {
            return ["# All stages are done: nothing would be submitted."];
        }

        // They differ in little: the one that asks for most shows all there is.
        (string Stage, string Name, string Script) example = left.MaxBy(stage => OptionsOf(stage.Script).Count());
        List<string> text = [.. (isWhole ? left : [example]).Select(stage => $"## {stage.Name}\n{stage.Script}")];
        text.Add(
            $"# In this order, with such a script each{(isWhole ? string.Empty : " (-Verbose shows all)")}, and what " +
            "sbatch reads in it written out; $stage is the number of that stage's Slurm job:");
        for (int i = 0; i < left.Length; i++)
        {
            string after = i == 0 ? string.Empty : $" --dependency=afterok:${left[i - 1].Stage}";
            string script = Path.Combine(job.Path, "scripts", left[i].Name);
            text.Add(DisplayText.Of(
                $"{left[i].Stage}=$(sbatch --parsable{after} {string.Join(' ', OptionsOf(left[i].Script))} '{script}')"));
        }

        return text;
    }

    /// <summary>How many processes this machine would run, and a line a stage.</summary>
    /// <param name="job">The job.</param>
    /// <param name="options">Where it would run.</param>
    public static IReadOnlyList<string> Local(ReRankClusterJob job, ClusterStartOptions options)
    {
        int tasks = job.GetLocalTasks(options);
        int threads = job.ThreadsPerTask > 0 ? job.ThreadsPerTask : Math.Max(1, Environment.ProcessorCount / tasks);
        HashSet<string> left = [.. Left(job)];
        return
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"# On this machine: {tasks:N0} {(tasks == 1 ? "task" : "tasks")} at a time, of {threads:N0} " +
                $"{(threads == 1 ? "thread" : "threads")} each. In this order:"),
            .. job.Stages.Where(stage => left.Contains(stage.Stage)).Select(stage => string.Create(
                CultureInfo.InvariantCulture,
                $"{stage.Stage}: {stage.Items:N0} {(stage.Items == 1 ? "item" : "items")}, by " +
                $"{Math.Min(stage.Items, tasks):N0} {(Math.Min(stage.Items, tasks) == 1 ? "task" : "tasks")}")),
        ];
    }

    private static IEnumerable<string> Left(ReRankClusterJob job) =>
        job.GetStatus().Stages.Where(stage => stage.Done < stage.Items).Select(stage => stage.Stage);

    private static IEnumerable<string> OptionsOf(string script) => script.Split('\n')
        .Where(line => line.StartsWith(Option, StringComparison.Ordinal)).Select(line => line[Option.Length..]);
}
