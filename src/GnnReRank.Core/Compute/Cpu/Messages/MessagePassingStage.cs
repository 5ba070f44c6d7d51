using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>Messages up to the comparison of rows: the start matrix, all layers but the last, and the norms of the last.</summary>
internal sealed class MessagePassingStage : IDisposable
{
    private readonly NeighborGraph _graph;
    private readonly int _queryCount;
    private readonly MessageSteps _steps;
    private readonly MemoryBudget _budget;
    private readonly ComputeOptions _options;
    private readonly StageReporter _reporter;
    private readonly int _vertexCount;
    private readonly int _layerCount;
    private readonly List<NativeBuffer<float>> _scales = [];
    private SparseRows? _start;
    private SparseRows? _state;
    private SparseRows? _columns;
    private SparseRows? _edges;
    private NativeBuffer<float>? _norms;

    private MessagePassingStage(
        NeighborGraph graph, int queryCount, MessageRecipe recipe, MemoryBudget budget, ComputeOptions options)
    {
        _graph = graph;
        _queryCount = queryCount;
        _steps = new MessageSteps(recipe);
        _budget = budget;
        _options = options;
        _vertexCount = graph.VertexCount;
        _layerCount = recipe.LayerCount;
        long starts = recipe.IsResidual ? 1 : 0;
        long layers = _steps.StoredLayers + (_steps.NormalizesLast ? 1 : 0);
        _reporter = new StageReporter(
            StageNames.Messages, _vertexCount * (starts + layers), StageUnits.LayerRows, options);
    }

    /// <summary>Runs the stage.</summary>
    /// <param name="graph">The lists.</param>
    /// <param name="queryCount">The first vertices that are queries.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="budget">What may be used.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The rows outgrow the budget.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static FinalLayer Run(
        NeighborGraph graph, int queryCount, MessageRecipe recipe, MemoryBudget budget, ComputeOptions options)
    {
        using MessagePassingStage stage = new(graph, queryCount, recipe, budget, options);
        return stage.Run();
    }

    public void Dispose()
    {
        _start?.Dispose();
        _state?.Dispose();
        _columns?.Dispose();
        _edges?.Dispose();
        _norms?.Dispose();
        foreach (NativeBuffer<float> scales in _scales)
        {
            scales.Dispose();
        }
    }

    private FinalLayer Run()
    {
        _start = Start();
        _state = _start;
        if (_steps.HasEdges)
        {
            MessageRecipe recipe = _steps.Recipe;
            _edges = GraphMatrices.Edges(
                _graph, recipe.EdgeNeighbors, recipe.EdgeExponent, _steps.IsMean, _budget, _options);
        }

        TurnState(0, "The adjacency matrix");
        for (int layer = 1; layer <= _steps.StoredLayers; layer++)
        {
            Propagate(layer);
        }

        _norms = new NativeBuffer<float>(_vertexCount);
        if (_steps.NormalizesLast)
        {
            SparseRowBuilder.InverseNorms(_norms, LayerOf().SumRow, _reporter, _options);
        }
        else
        {
            _norms.AsSpan(_vertexCount).Fill(1f);
        }

        if (_steps.TakesLargest)
        {
            _edges!.Dispose();
            _edges = null;
        }

        FinalLayer result = _steps.Final(_start, _state, _columns, _edges, [.. _scales], _norms, _queryCount);
        _reporter.Complete(FormattableString.Invariant(
            $"{_vertexCount:N0} vertices, {_layerCount} layers, {(double)_state.EntryCount / _vertexCount:N0} entries a row before the last"));
        Release();
        return result;
    }

    /// <summary>Leaves to the result what it owns.</summary>
    private void Release()
    {
        (_start, _state, _columns, _edges, _norms) = (null, null, null, null, null);
        if (_steps.IsFactored)
        {
            _scales.Clear();
        }
    }

    private SparseRows Start()
    {
        SparseRows adjacency = GraphMatrices.Adjacency(_graph, _steps.Recipe.StartNeighbors, _budget, _options);
        if (!_steps.StartsSymmetric)
        {
            return adjacency;
        }

        using (adjacency)
        using (SparseRows transposed = SparseTranspose.Of(adjacency, Storage("The transposed adjacency matrix"), _options))
        {
            return SymmetricAdjacency.Of(
                adjacency, transposed, _steps.StartFactor, Storage("The start matrix"), _reporter, _options);
        }
    }

    private void Propagate(int layer)
    {
        string name = $"Layer {layer} of {_layerCount}";
        NativeBuffer<float> scales = new(_vertexCount);
        _scales.Add(scales);
        SparseRows next = SparseRowBuilder.Build(scales, Storage(name), LayerOf().SumRow, _reporter, _options);
        _columns?.Dispose();
        _columns = null;
        if (_state != _start || !_steps.IsFactored)
        {
            _state!.Dispose();
        }

        _state = next;
        TurnState(layer, name);
    }

    /// <summary>A state by columns, or with its columns added, where what follows asks for them.</summary>
    private void TurnState(int layer, string name)
    {
        if (!_steps.HasColumns(layer))
        {
            return;
        }

        _columns = SparseTranspose.Of(_state!, Storage(name + ", transposed,"), _options);
        if (_steps.AddsColumns(layer))
        {
            AddColumns(name + ", with its transpose,");
        }
    }

    private void AddColumns(string name)
    {
        SparseRows both = SparseRowBuilder.Sum(Storage(name), _vertexCount, (accumulator, row) =>
        {
            accumulator.Add(_state!, row, 1f);
            accumulator.Add(_columns!, row, 1f);
        }, _options);
        _state!.Dispose();
        _columns!.Dispose();
        _state = both;
        _columns = null;
    }

    private MessageLayer LayerOf() => _steps.Layer(_state!, _columns, _edges);

    private SparseStorage Storage(string what) => new(_budget, what, _vertexCount);
}
