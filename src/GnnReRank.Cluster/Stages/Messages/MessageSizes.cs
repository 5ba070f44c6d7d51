using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.ReRanking.Gnn;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>What the items of the stages of messages need.</summary>
internal sealed class MessageSizes
{
    /// <summary>Mapped matrices that a layer's item holds: the state, its transpose and the edges.</summary>
    public const int LayerMatrices = 3;

    private const int EntryBytes = sizeof(int) + sizeof(float);

    // What a scorer holds whatever the number of vertices.
    private const int ScoringBytes = 1 << 16;

    // Rows that are summed at a time: one a thread, and some are handed on.
    private const int BlockRows = 64;

    // Adding an entry waits for memory as long as so many multiply-adds take: 10 to 30 ns, and 0.05 ns; writing one takes
    // longer, with the sorting and merging before it.
    private const double AddingCost = 300;
    private const double WritingCost = 1000;

    // Neighbours share neighbours: this share of a union's entries were in none of the rows before.
    private const double NewShare = 0.4;

    private readonly JobPlan _plan;
    private readonly MessageSteps _steps;
    private readonly int _threads;
    private readonly long _rows;

    public MessageSizes(JobPlan plan)
    {
        _plan = plan;
        _steps = new MessageSteps(GnnRecipe.Of((GnnReRankSettings)plan.ReadSettings()));
        _threads = Threads(plan, plan.ThreadsPerTask > 0 ? plan.ThreadsPerTask : Environment.ProcessorCount);
        ShardMap shards = ShardMap.Of(plan);
        _rows = Enumerable.Range(0, shards.Count).Max(shards.SizeOf);
    }

    public ItemEstimate Adjacency
    {
        get
        {
            long entries = _rows * _steps.Recipe.StartNeighbors;
            long memory = RowTables(_plan, 1) + ((long)_threads * _plan.VertexCount * sizeof(int)) + (2 * entries * EntryBytes);
            return new ItemEstimate(memory, ListBytes, 3 * entries * sizeof(int), WritingCost * entries);
        }
    }

    public ItemEstimate Start
    {
        get
        {
            long written = (long)(_rows * (EntriesOf(0) + _steps.Recipe.EdgeNeighbors) * EntryBytes) + (_rows * sizeof(int));
            long read = ListBytes + (3L * _rows * _steps.Recipe.StartNeighbors * sizeof(int));
            return new ItemEstimate(
                (64L << 20) + (_rows * sizeof(int)), read, written, WritingCost * _rows * EntriesOf(0));
        }
    }

    public ItemEstimate Norms => Summed(_steps.StoredLayers) with { WrittenBytes = _rows * sizeof(float) };

    /// <summary>Bytes that all scorers of a process share, beside mapped files.</summary>
    public long ScoringShared =>
        RowTables(_plan, LayerMatrices + 1) + ((_steps.StoredLayers + 1L) * _plan.VertexCount * sizeof(float));

    /// <summary>
    /// Bytes of one thread's scorer: vectors of sixteen lanes of its queries, of its scores and of the product with the state,
    /// which takes one, or two where layers are residual, or three where both H and H^T are made of their factors.
    /// </summary>
    public long ScoringThread
    {
        get
        {
            const int laneBytes = LaneKernels.Lanes * sizeof(float);
            int product = !_steps.IsFactored || _steps.StoredLayers == 0 ? 1 : _steps.Recipe.IsResidual ? 2 : 3;
            return ScoringBytes + (_plan.VertexCount * (((2L + product) * laneBytes) + (3 * EntryBytes)));
        }
    }

    /// <summary>How many threads' accumulators fit in half of a task's memory.</summary>
    public static int Threads(JobPlan plan, int threads) =>
        (int)Math.Clamp(plan.MemoryPerTask / 2 / Math.Max(1, Accumulators(plan, 1)), 1, threads);

    /// <summary>Bytes of rows being summed, each as wide as there are vertices.</summary>
    public static long Accumulators(JobPlan plan, int threads) => (long)threads * plan.VertexCount * EntryBytes;

    /// <summary>Bytes of the tables that say where the rows of mapped matrices lie.</summary>
    public static long RowTables(JobPlan plan, int matrices) =>
        (long)matrices * plan.VertexCount * MappedRows.BytesPerRow;

    public ItemEstimate Layer(int layer)
    {
        ItemEstimate summed = Summed(layer - 1);
        long made = (long)(_rows * EntriesOf(layer) * EntryBytes);
        if (!_steps.HasColumns(layer))
        {
            return summed with { WrittenBytes = made };
        }

        long turning = RowTables(_plan, 1) + ((long)_threads * _plan.VertexCount * sizeof(int)) + made;
        return summed with
        {
            MemoryBytes = Math.Max(summed.MemoryBytes, turning),
            WrittenBytes = (long)(2.1 * made),
            Operations = summed.Operations + (made / EntryBytes * AddingCost),
        };
    }

    public ItemEstimate Mirror(int layer)
    {
        long made = (long)(_rows * EntriesOf(layer) * EntryBytes);
        bool isAdded = _steps.AddsColumns(layer);
        return new ItemEstimate(
            (16L << 20) + (isAdded ? RowTables(_plan, 2) + Accumulators(_plan, _threads) : 0), made,
            isAdded ? 3 * made : made, made / EntryBytes * AddingCost);
    }

    private long ListBytes => _rows * _plan.NeighborCount * EntryBytes;

    /// <summary>The entries of a row of a state, about. Hubs may have many more.</summary>
    private double EntriesOf(int state)
    {
        double entries = _steps.Recipe.StartNeighbors * (_steps.StartsSymmetric ? 1.5 : 1);
        for (int layer = 1; layer <= state; layer++)
        {
            bool isMirrored = _steps.HasColumns(layer - 1);
            double summed = entries * (isMirrored ? 2 : 1) * _steps.Recipe.EdgeNeighbors;
            entries = Math.Min(Math.Max(entries, NewShare * summed), _plan.VertexCount);
        }

        return entries;
    }

    /// <summary>What it takes to sum the rows of the layer after a state.</summary>
    private ItemEstimate Summed(int state)
    {
        double entries = EntriesOf(state) * (_steps.HasColumns(state) ? 2 : 1);
        double operations = _rows * entries * Math.Max(1, _steps.Recipe.EdgeNeighbors);
        long memory = RowTables(_plan, LayerMatrices) + Accumulators(_plan, _threads) +
            (long)(_threads * BlockRows * EntriesOf(state + 1) * EntryBytes);

        // Each row of the state is read for some of the rows of this shard, at least once for all.
        long read = (long)Math.Min(operations, _plan.VertexCount * entries) * EntryBytes;
        return new ItemEstimate(memory, read, 0, operations * AddingCost);
    }
}
