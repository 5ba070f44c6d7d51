using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>What an item of a stage of messages works with: the steps of its recipe, its rows, and what memory is left to it.</summary>
internal sealed class MessageItem
{
    private const string Advice =
        "Give tasks more memory, or the job smaller shards. Rows grow with each layer: fewer layers, or a smaller K1 or K2, " +
        "take less.";

    private readonly MemoryBudget _budget;

    /// <param name="context">The job.</param>
    /// <param name="shard">The shard whose rows it makes.</param>
    /// <param name="matrices">Mapped matrices of all vertices that it holds.</param>
    public MessageItem(StageContext context, int shard, int matrices)
    {
        Context = context;
        Shard = shard;
        Steps = new MessageSteps(GnnRecipe.Of((GnnReRankSettings)context.Settings));
        int threads = MessageSizes.Threads(context.Plan, context.Options.ThreadCount);
        Options = context.Options with { ThrottleLimit = threads };
        long taken = MessageSizes.RowTables(context.Plan, matrices) + MessageSizes.Accumulators(context.Plan, threads);
        _budget = new MemoryBudget(Math.Max(0, context.Plan.MemoryPerTask - taken));
        Reporter = new StageReporter(StageNames.Messages, Count, StageUnits.LayerRows, Options);
    }

    public StageContext Context { get; }

    public int Shard { get; }

    public MessageSteps Steps { get; }

    public ComputeOptions Options { get; }

    /// <summary>Counts rows of the shard.</summary>
    public StageReporter Reporter { get; }

    /// <summary>The first of its vertices.</summary>
    public int First => Context.Shards.StartOf(Shard);

    /// <summary>Its vertices.</summary>
    public int Count => Context.Shards.SizeOf(Shard);

    public int VertexCount => Context.Plan.VertexCount;

    /// <summary>Memory for a matrix, as far as the plan gives a task some.</summary>
    public SparseStorage Storage(string what) => new(_budget, what, Count, advice: Advice);

    /// <summary>Writes the columns of the item's rows of a matrix, for the shards whose rows they become.</summary>
    /// <param name="rows">The item's rows, counted from its first.</param>
    /// <param name="folder">Where the part goes.</param>
    /// <param name="what">What the matrix is, for errors.</param>
    /// <param name="hasValues">Whether values are not all 1.</param>
    public void WriteColumns(SparseRows rows, string folder, string what, bool hasValues)
    {
        using SparseRows transposed = SparseTranspose.Of(
            rows, First, VertexCount, Storage(what), Options);
        using Files.PartFileWriter writer = Context.Create(folder, Shard);
        ColumnWriter.Write(writer, transposed, Context.Shards, hasValues);
        writer.Commit();
    }
}
