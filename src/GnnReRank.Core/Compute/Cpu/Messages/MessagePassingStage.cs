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
    private readonly MessageRecipe _recipe;
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
        _recipe = recipe;
        _budget = budget;
        _options = options;
        _vertexCount = graph.VertexCount;
        _layerCount = recipe.LayerCount;
        long starts = recipe.IsResidual ? 1 : 0;
        long norms = recipe.NormalizesLast ? 1 : 0;
        long layers = TakesLargest ? _layerCount : Math.Max(0, _layerCount - 1) + norms;
        _reporter = new StageReporter(
            StageNames.Messages, _vertexCount * (starts + layers), StageUnits.LayerRows, options);
    }

    /// <summary>H + H^T doubles the work of a factored product with each layer: from the third on the state itself is less.</summary>
    private bool IsFactored => !TakesLargest && (_recipe.IsResidual || _layerCount is 1 or 2);

    private bool TakesLargest => _recipe.Aggregation == MessageAggregation.Maximum && _layerCount > 0;

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
        if (_layerCount > 0)
        {
            bool isMean = _recipe.Aggregation == MessageAggregation.Mean;
            _edges = GraphMatrices.Edges(
                _graph, _recipe.EdgeNeighbors, _recipe.EdgeExponent, isMean, _budget, _options);
        }

        for (int layer = 1; layer < _layerCount + (TakesLargest ? 1 : 0); layer++)
        {
            Propagate(layer);
        }

        MessageLayer last = Last();
        _norms = new NativeBuffer<float>(_vertexCount);
        if (_recipe.NormalizesLast && !TakesLargest)
        {
            SparseRowBuilder.InverseNorms(_norms, last.SumRow, _reporter, _options);
        }
        else
        {
            _norms.AsSpan(_vertexCount).Fill(1f);
        }

        LayerFactors? factors = IsFactored ? new LayerFactors(_start, _edges, [.. _scales]) : null;
        FinalLayer result = new(last, factors, _columns, _norms, _queryCount, _recipe.CosineShare);
        _reporter.Complete(FormattableString.Invariant(
            $"{_vertexCount:N0} vertices, {_layerCount} layers, {(double)_state.EntryCount / _vertexCount:N0} entries a row before the last"));
        Release();
        return result;
    }

    /// <summary>Leaves to the result what it owns.</summary>
    private void Release()
    {
        (_start, _state, _columns, _edges, _norms) = (null, null, null, null, null);
        if (IsFactored)
        {
            _scales.Clear();
        }
    }

    /// <summary>H0: (A + A^T) / 2 for residual layers. For others A, or A + A^T at once where the first layer adds its mirror to it.</summary>
    private SparseRows Start()
    {
        SparseRows adjacency = GraphMatrices.Adjacency(_graph, _recipe.StartNeighbors, _budget, _options);
        if (!_recipe.IsResidual && _layerCount == 0)
        {
            return adjacency;
        }

        using (adjacency)
        using (SparseRows transposed = SparseTranspose.Of(adjacency, Storage("The transposed adjacency matrix"), _options))
        {
            return SymmetricAdjacency.Of(
                adjacency, transposed, _recipe.IsResidual ? 0.5f : 1f, Storage("The start matrix"), _reporter, _options);
        }
    }

    private void Propagate(int layer)
    {
        string name = $"Layer {layer} of {_layerCount}";
        MirrorState(name + ", transposed,");
        if (TakesLargest && _columns is not null)
        {
            AddMirror(name + ", with its transpose,");
        }

        NativeBuffer<float> scales = new(_vertexCount);
        _scales.Add(scales);
        SparseRows next = SparseRowBuilder.Build(scales, Storage(name), LayerOf().SumRow, _reporter, _options);
        _columns?.Dispose();
        _columns = null;
        if (_state != _start || !IsFactored)
        {
            _state!.Dispose();
        }

        _state = next;
    }

    /// <summary>H + H^T in place of H: the largest of sums is no sum of largest.</summary>
    private void AddMirror(string name)
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

    /// <summary>
    /// The last layer as a function of the state before it; or the state after it, where a layer is no product.
    /// </summary>
    private MessageLayer Last()
    {
        if (TakesLargest)
        {
            _edges!.Dispose();
            _edges = null;
            _columns = SparseTranspose.Of(_state!, Storage($"Layer {_layerCount}, transposed,"), _options);
            return LayerOf();
        }

        MirrorState($"The state before layer {_layerCount}, transposed,");
        return LayerOf();
    }

    /// <summary>H^T, where a layer or the product with the state asks for it.</summary>
    private void MirrorState(string name)
    {
        bool isSymmetric = _state == _start && _layerCount > 0;
        if (!_recipe.IsResidual && !isSymmetric)
        {
            _columns = SparseTranspose.Of(_state!, Storage(name), _options);
        }
    }

    private MessageLayer LayerOf() => _edges is null
        ? new MessageLayer(_state!, mirror: null, edges: null, residual: true)
        : new MessageLayer(_state!, _columns, _edges, residual: _recipe.IsResidual, TakesLargest);

    private SparseStorage Storage(string what) => new(_budget, what, _vertexCount);
}
