namespace GnnReRank.Cluster.Plans;

/// <summary>What a plan that was read must hold: people may have changed it by hand.</summary>
internal static class PlanRanges
{
    private const int LongestId = 64;

    /// <summary>What is wrong with a plan; null where nothing is.</summary>
    public static string? FaultOf(JobPlan plan) =>
        FaultOf(plan.Query, "query") ?? FaultOf(plan.Gallery, "gallery") ?? FaultOfWords(plan) ??
        FaultOfNumbers(plan) ?? FaultOfSettings(plan);

    private static string? FaultOf(SourcePlan? source, string side)
    {
        if (source is not { Paths: { Count: > 0 } paths, RowCounts: { Count: > 0 } rowCounts } ||
            paths.Count != rowCounts.Count)
        {
            return $"{side} must name files, and the rows of each";
        }

        return paths.Any(string.IsNullOrEmpty) ? $"a path of {side} is empty"
            : rowCounts.Any(rows => rows < 0) ? $"a file of {side} has fewer than 0 rows"
            : rowCounts.Sum(rows => (long)rows) is 0 or > int.MaxValue ? $"{side} has no rows, or too many"
            : null;
    }

    private static string? FaultOfWords(JobPlan plan)
    {
        bool isName = plan.Id is { Length: > 0 and <= LongestId } && plan.Id.All(char.IsAsciiLetterOrDigit);
        return !isName ? "id must be letters and digits"
            : plan.Method is null ? "method is missing"
            : string.IsNullOrEmpty(plan.Device) ? "device is missing"
            : plan.Worker is not { Count: > 0 } worker || worker.Any(string.IsNullOrEmpty)
                ? "worker must be a command line"
            : plan.Notes is null || plan.Notes.Any(note => note is null) ? "notes must be a list"
            : null;
    }

    private static string? FaultOfNumbers(JobPlan plan)
    {
        long vertices = (long)plan.Query.RowCount + plan.Gallery.RowCount;
        return vertices > int.MaxValue
            ? FormattableString.Invariant($"query and gallery have {vertices} rows, and {int.MaxValue} are the most")
            : Range("dimension", plan.Dimension, 1, int.MaxValue) ??
                Range("top", plan.Top, 1, plan.Gallery.RowCount) ??
                Range("neighborCount", plan.NeighborCount, 0, vertices) ??
                Range("shardRows", plan.ShardRows, 1, int.MaxValue) ??
                Range("queriesPerItem", plan.QueriesPerItem, 1, int.MaxValue) ??
                Range("tasks", plan.Tasks, 1, int.MaxValue) ??
                Range("threadsPerTask", plan.ThreadsPerTask, 0, int.MaxValue) ??
                Range("memoryPerTask", plan.MemoryPerTask, 1, long.MaxValue) ??
                (plan.Recall is null or (> 0 and <= 1) ? null : "recall must lie above 0, and at 1 at most") ??
                (double.IsFinite(plan.SecondsPerOperation) && plan.SecondsPerOperation >= 0
                    ? null
                    : "secondsPerOperation must be 0 or more");
    }

    private static string? FaultOfSettings(JobPlan plan)
    {
        try
        {
            MethodSettings settings = plan.ReadSettings();
            settings.Validate();
            int expected = settings.CreateReRanker(null).NeighborCount;
            return Range("neighborCount", plan.NeighborCount, expected, expected);
        }
        catch (Exception fault) when (
            fault is GnnReRankException or FormatException or ArgumentException or InvalidCastException)
        {
            return $"settingsPack is no method: {fault.Message.TrimEnd('.')}";
        }
    }

    private static string? Range(string name, long value, long least, long most) =>
        value >= least && value <= most
            ? null
            : FormattableString.Invariant($"{name} is {value}, and must lie in {least} to {most}");
}
