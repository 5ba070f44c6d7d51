using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>What the layer after a state is summed of, for the rows of one shard.</summary>
internal sealed class LayerInput : IDisposable
{
    private readonly SparseRows _state;
    private readonly SparseRows? _columns;
    private readonly SparseRows? _edges;
    private readonly MessageLayer _layer;
    private readonly int _first;

    public LayerInput(MessageItem work, int state)
    {
        (StageContext context, MessageSteps steps) = (work.Context, work.Steps);
        _first = work.First;
        _state = MappedRows.All(context, MessageFolders.StateOf(steps, state), MessageFolders.State);
        _columns = MessageFolders.ColumnsOf(steps, state) is string folder
            ? MappedRows.All(context, folder, MessageFolders.Columns)
            : null;
        _edges = steps.HasEdges
            ? MappedRows.Own(context, MessageFolders.Start, MessageFolders.Edges, work.Shard)
            : null;
        _layer = steps.Layer(_state, _columns, _edges);
    }

    /// <summary>Sums a row, counted from the shard's first, into an empty accumulator.</summary>
    public void SumRow(RowAccumulator accumulator, int row) => _layer.SumRow(accumulator, _first + row);

    public void Dispose()
    {
        _state.Dispose();
        _columns?.Dispose();
        _edges?.Dispose();
    }
}
