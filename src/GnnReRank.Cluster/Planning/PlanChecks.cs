using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Devices;

namespace GnnReRank.Cluster.Planning;

/// <summary>What a job may be asked to compute.</summary>
internal static class PlanChecks
{
    private const long LeastMemory = 64L << 20;
    private const double Gigabyte = 1 << 30;

    /// <exception cref="GnnReRankException">A number is out of its range, or the method is not supported.</exception>
    public static void Require(ClusterJobOptions options)
    {
        RequireFiles(options.Query, "Query");
        RequireFiles(options.Gallery, "Gallery");
        RequireNumber("Top", options.Top, 1);
        RequireNumber("ShardSize", options.ShardSize, 1);
        RequireNumber("Tasks", options.Tasks, 1);
        RequireNumber("ThreadsPerTask", options.ThreadsPerTask, 0);
        RequireNumber("QueriesPerItem", options.QueriesPerItem ?? 1, 1);
        if (options.MemoryPerTask < LeastMemory)
        {
            throw new GnnReRankException(
                "InvalidJobMemory", ErrorKind.InvalidArgument,
                $"The memory of a task is {options.MemoryPerTask:N0} bytes, and at least {LeastMemory:N0} are " +
                "needed. Give what a machine has for one task, such as -MemoryPerTask 16GB.");
        }

        options.Approximation?.Validate();
        Require(options.Method);
    }

    /// <summary>Queries and gallery rows together.</summary>
    /// <exception cref="GnnReRankException">They are too many to be numbered.</exception>
    public static int VertexCount(SourcePlan query, SourcePlan gallery)
    {
        long count = query.RowCounts.Sum(rows => (long)rows) + gallery.RowCounts.Sum(rows => (long)rows);
        return count <= int.MaxValue ? (int)count : throw new GnnReRankException(
            "TooManyRows", ErrorKind.TooLarge,
            $"Query and gallery have {count:N0} rows together, and a job takes {int.MaxValue:N0} at most.");
    }

    /// <summary>A device as the engine names it. It need not be here, as tasks may run elsewhere.</summary>
    /// <exception cref="GnnReRankException">The name is none of a device.</exception>
    public static string Device(string name) => DeviceChoice.Parse(name, ReRankDevices.GetAll).ToString();

    /// <exception cref="GnnReRankException">A stage has more items than a job can keep track of.</exception>
    public static void RequireItems(JobPlan plan)
    {
        long items = PlanFit.ItemsOfShards(plan, plan.ShardRows);
        if (items > PlanFit.MostItems)
        {
            throw TooManyItems(
                FormattableString.Invariant($"-ShardSize {plan.ShardRows}"), items,
                $"-ShardSize {PlanFit.LeastShardSize(plan, PlanFit.MostItems)}");
        }

        items = ((long)plan.Query.RowCount + plan.QueriesPerItem - 1) / plan.QueriesPerItem;
        if (items > PlanFit.MostItems)
        {
            throw TooManyItems(
                FormattableString.Invariant($"-QueriesPerItem {plan.QueriesPerItem}"), items,
                $"-QueriesPerItem {((long)plan.Query.RowCount + PlanFit.MostItems - 1) / PlanFit.MostItems}");
        }
    }

    /// <exception cref="GnnReRankException">A stage does not fit in a task's memory however the job is cut.</exception>
    public static void RequireMemory(JobPlan plan)
    {
        JobPlan smallest = PlanFit.Smallest(plan);
        HashSet<string> large = [.. PlanFit.TooLarge(plan).Select(stage => stage.Stage)];
        (string? stage, long bytes) = PlanFit.TooLarge(smallest)
            .Where(other => large.Contains(other.Stage)).OrderByDescending(other => other.Bytes).FirstOrDefault();
        if (stage is not null)
        {
            string enough = PlanFit.Gigabytes(smallest) is int gigabytes
                ? FormattableString.Invariant($"-MemoryPerTask {gigabytes}GB, or more")
                : "fewer rows, or a method that needs fewer neighbours";
            throw new GnnReRankException(
                "TaskMemoryTooSmall", ErrorKind.TooLarge,
                FormattableString.Invariant($"An item of stage {stage} takes {bytes / Gigabyte:0.##} GB, however ") +
                FormattableString.Invariant($"the job is cut, and a task has {plan.MemoryPerTask / Gigabyte:0.##} GB") +
                $". Plan it with {enough}.");
        }
    }

    private static GnnReRankException TooManyItems(string given, long items, string least) => new(
        "TooManyItems", ErrorKind.TooLarge,
        FormattableString.Invariant($"With {given}, a stage has {items:N0} items, and a job takes ") +
        FormattableString.Invariant($"{PlanFit.MostItems:N0} at most. Plan it with {least}, or more."));

    private static void Require(MethodSettings method)
    {
        method.Validate();
        if (method.QueryMode != QueryMode.Batch)
        {
            throw Unsupported(
                "each query as if it were the only one", "Leave -QueryMode out, or use an index: New-ReRankIndex");
        }

        if (method.CenterCamera)
        {
            throw Unsupported(
                "rows that are centred by camera",
                "Centre the features first, with Convert-FeatureMatrix -CenterCamera, and export them");
        }

        switch (method)
        {
            case DiffusionSettings { UsesCameras: true }:
                throw Unsupported(
                    "Diffusion with cameras", "Leave -UseCameras out, or use Invoke-ReRank on one machine");
            case GnnReRankSettings { IsAutomatic: true }:
                throw Unsupported(
                    "GNN without K1 and K2, which it would choose from the lists of all rows",
                    "Give both, as -K1 and -K2: those that Invoke-ReRank chose for a part of the rows, for example");
            case DiffusionSettings or GnnReRankSettings or CosineSettings:
                break;
            default:
                throw Unsupported(
                    method.Method, "Choose Diffusion, GNN or Cosine, or use Invoke-ReRank on one machine");
        }
    }

    private static void RequireFiles(IReadOnlyList<string> paths, string side)
    {
        if (paths.Count == 0)
        {
            throw new GnnReRankException(
                "NoSourceFile", ErrorKind.InvalidArgument, $"{side} names no file. Give one at least.");
        }
    }

    private static void RequireNumber(string name, int value, int least)
    {
        if (value < least)
        {
            throw new GnnReRankException(
                "InvalidJobNumber", ErrorKind.InvalidArgument, $"{name} is {value:N0}: it must be at least {least}.");
        }
    }

    private static GnnReRankException Unsupported(string what, string advice) => new(
        "MethodNotForCluster", ErrorKind.NotSupported, $"A cluster job does not compute {what}. {advice}.");
}
