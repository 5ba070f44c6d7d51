namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>Phase 2 up to the comparison of rows: the start matrix, all layers but the last, and the norms of the last.</summary>
internal sealed class MessagePassingStage : IDisposable
{
    private readonly NeighborGraph _graph;
    private readonly GnnReRankSettings _settings;
    private readonly MemoryBudget _budget;
    private readonly ComputeOptions _options;
    private readonly StageReporter _reporter;
    private readonly int _vertexCount;
    private readonly int _layerCount;
    private readonly bool _isPaper;
    private SparseRows? _state;
    private SparseRows? _columns;
    private SparseRows? _edges;

    private MessagePassingStage(NeighborGraph graph, GnnReRankSettings settings, MemoryBudget budget, ComputeOptions options)
    {
        _graph = graph;
        _settings = settings;
        _budget = budget;
        _options = options;
        _vertexCount = graph.VertexCount;
        _isPaper = settings.Variant == GnnVariant.Paper;

        // The published code skips phase 2 where a vertex would pass messages to itself alone.
        _layerCount = !_isPaper && settings.K2 == 1 ? 0 : settings.Layers;
        long starts = _isPaper ? 1 : 0;
        long norms = NormalizesLast ? 1 : 0;
        _reporter = new StageReporter(
            StageNames.Messages, _vertexCount * (starts + Math.Max(0, _layerCount - 1) + norms), options);
    }

    private bool NormalizesLast => _isPaper || _layerCount > 0;

    /// <summary>Runs the stage.</summary>
    /// <exception cref="GnnReRankException">The rows outgrow the budget.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static FinalLayer Run(NeighborGraph graph, GnnReRankSettings settings, MemoryBudget budget, ComputeOptions options)
    {
        using MessagePassingStage stage = new(graph, settings, budget, options);
        return stage.Run();
    }

    public void Dispose()
    {
        _state?.Dispose();
        _columns?.Dispose();
        _edges?.Dispose();
    }

    private FinalLayer Run()
    {
        _state = Start();
        if (_layerCount > 0)
        {
            _edges = GraphMatrices.Edges(_graph, _settings.K2, _settings.Alpha, _budget, _options.CancellationToken);
        }

        for (int layer = 1; layer < _layerCount; layer++)
        {
            Propagate(layer);
        }

        _columns = SparseTranspose.Of(_state, Storage($"The state before layer {_layerCount}, transposed,"), _options);
        MessageLayer last = LayerOf();
        double[]? norms = NormalizesLast ? SparseRowBuilder.InverseNorms(_vertexCount, last.SumRow, _reporter, _options) : null;
        FinalLayer result = new(last, _columns, norms, _graph.Query!.RowCount);
        _reporter.Complete(FormattableString.Invariant(
            $"{_vertexCount:N0} vertices, {_layerCount} layers, {(double)_state.EntryCount / _vertexCount:N0} entries a row before the last"));

        // The result owns them from here.
        (_state, _columns, _edges) = (null, null, null);
        return result;
    }

    /// <summary>H0: (A + A^T) / 2 for Paper, A for Reference.</summary>
    private SparseRows Start()
    {
        SparseRows adjacency = GraphMatrices.Adjacency(_graph, _settings.K1, _budget, _options.CancellationToken);
        if (!_isPaper)
        {
            return adjacency;
        }

        using (adjacency)
        using (SparseRows transposed = SparseTranspose.Of(adjacency, Storage("The transposed adjacency matrix"), _options))
        {
            const float half = 0.5f;
            return SparseRowBuilder.Build(
                _vertexCount, Storage("The start matrix"),
                (accumulator, row) =>
                {
                    accumulator.Add(adjacency, row, half);
                    accumulator.Add(transposed, row, half);
                },
                normalize: false, _reporter, _options);
        }
    }

    private void Propagate(int layer)
    {
        string name = $"Layer {layer} of {_layerCount}";
        if (!_isPaper)
        {
            _columns = SparseTranspose.Of(_state!, Storage(name + ", transposed,"), _options);
        }

        SparseRows next = SparseRowBuilder.Build(
            _vertexCount, Storage(name), LayerOf().SumRow, normalize: true, _reporter, _options);
        _columns?.Dispose();
        _columns = null;
        _state!.Dispose();
        _state = next;
    }

    private MessageLayer LayerOf() => _edges is null
        ? new MessageLayer(_state!, mirror: null, edges: null, residual: true)
        : new MessageLayer(_state!, _isPaper ? null : _columns, _edges, residual: _isPaper);

    private SparseStorage Storage(string what) => new(_budget, what, _vertexCount);
}
