using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>
/// Rounds in which lists are sorted again by what they say of each other, and the similarities of the last.
/// </summary>
internal sealed unsafe class ListStage : IDisposable
{
    private const int Chunk = 32;

    // A list's member, its place in the index by member and that index's own member: what the first sorting holds at
    // least.
    private const long LeastBytesPerEntry = sizeof(int) + sizeof(int) + sizeof(float);

    private readonly ListRecipe _recipe;
    private readonly int _queryCount;
    private readonly ComputeOptions _options;
    private readonly ListMemory _memory;
    private readonly ListTable _lists;
    private readonly StageReporter _reporter;

    private ListStage(NeighborGraph graph, ListRecipe recipe, MemoryBudget budget, ComputeOptions options)
    {
        _recipe = recipe;
        _options = options;
        _queryCount = graph.Query!.RowCount;
        _memory = new ListMemory(budget, graph.VertexCount, recipe.ListLength);
        _memory.Require(LeastBytesPerEntry);
        long roundRows = recipe switch
        {
            ListDiffusionRecipe diffusion => diffusion.RoundCount + 1L,
            ListProductRecipe product => product.RoundCount - 1L,
            _ => ((ListHypergraphRecipe)recipe).RoundCount - 1L,
        };
        _reporter = new StageReporter(
            StageNames.Lists, (graph.VertexCount * (1 + roundRows)) + _queryCount, StageUnits.Rows, options);
        _lists = ListTable.Of(graph, recipe.ListLength, _memory.Storage("The lists"), options);
    }

    /// <summary>Runs the stage.</summary>
    /// <exception cref="GnnReRankException">The lists outgrow the budget.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ListScoring Run(NeighborGraph graph, ListRecipe recipe, MemoryBudget budget, ComputeOptions options)
    {
        using ListStage stage = new(graph, recipe, budget, options);
        SparseRows scores = recipe switch
        {
            ListDiffusionRecipe diffusion => stage.Diffuse(diffusion),
            ListProductRecipe product => stage.RunRounds(product.RoundCount, () => stage.Products(product)),
            ListHypergraphRecipe hypergraph =>
                stage.RunRounds(hypergraph.RoundCount, () => stage.Hyperedges(hypergraph)),
            _ => throw new System.Diagnostics.UnreachableException(recipe.ToString()),
        };
        stage._reporter.Complete(FormattableString.Invariant(
            $"{graph.VertexCount:N0} lists of {recipe.ListLength:N0} rows"));
        return new ListScoring(scores, graph.Gallery!.RowCount);
    }

    public void Dispose() => _lists.Dispose();

    private SparseRows RunRounds(int roundCount, Func<IListRound> begin)
    {
        int length = _recipe.ListLength;
        Sort(new PlaceSums(_lists, new PlaceWeights(length, place => length - place), _memory, _options));
        for (int round = 1; round < roundCount; round++)
        {
            Sort(begin());
        }

        return Score(begin());
    }

    private SparseRows Diffuse(ListDiffusionRecipe recipe)
    {
        PlaceWeights weights = new(recipe.HalfLength, place => Math.Pow(recipe.ListDecay, place + 1));
        Sort(new PlaceSums(_lists, weights, _memory, _options));
        return Score(new ListDiffusion(_lists, recipe, _memory, _reporter, _options));
    }

    private ReferenceProducts Products(ListProductRecipe recipe)
    {
        int count = recipe.ReferenceCount;
        PlaceWeights weights = new(count, place => count - place);
        return new ReferenceProducts(new WeighedLists(_lists, weights, _memory, _options));
    }

    private HyperedgeProducts Hyperedges(ListHypergraphRecipe recipe)
    {
        int size = recipe.EdgeSize;
        PlaceWeights weights = new(size, place => 1 - (Math.Log(place + 1) / Math.Log(size)));
        WeighedLists incidence = new(_lists, weights, _memory, _options);
        return new HyperedgeProducts(incidence, size, recipe.StepsTwice, _options);
    }

    private void Sort(IListRound round)
    {
        using (round)
        {
            ForLists(round, _lists.Count, (sorter, vertex) => sorter.Sort(vertex, _lists[vertex]));
        }
    }

    /// <summary>The similarity of each query's list members that are of the gallery.</summary>
    private SparseRows Score(IListRound round)
    {
        using (round)
        {
            SparseStorage storage = _memory.Storage("The similarities");
            SparseRows scores = new(_queryCount, storage);
            try
            {
                long room = (long)_queryCount * _lists.Width;
                int* indices = (int*)storage.Allocate(room * (sizeof(int) + sizeof(float)));
                float* values = (float*)(indices + room);
                ForLists(round, _queryCount, (sorter, query) =>
                {
                    long first = (long)query * _lists.Width;
                    Write(sorter, query, indices + first, values + first, scores);
                });
            }
            catch
            {
                scores.Dispose();
                throw;
            }

            return scores;
        }
    }

    /// <summary>
    /// Members without similarity keep their order before all other rows: they score their place from the end of the
    /// list in the least numbers there are.
    /// </summary>
    private void Write(ListSorter sorter, int query, int* indices, float* values, SparseRows scores)
    {
        ReadOnlySpan<int> list = _lists[query];
        ReadOnlySpan<double> similarities = sorter.Take(query, list);
        int length = 0;
        for (int place = 0; place < list.Length; place++)
        {
            if (list[place] >= _queryCount)
            {
                float unlike = (list.Length - place) * float.Epsilon;
                float similarity = (float)similarities[place];
                indices[length] = list[place] - _queryCount;
                values[length++] = similarity > list.Length * float.Epsilon ? similarity : unlike;
            }
        }

        scores.SetRow(query, indices, values, length);
    }

    private void ForLists(IListRound round, int count, Action<ListSorter, int> work) => Workers.ForRanges(
        _options.ThreadCount, count, Chunk, () => new ListSorter(round.CreateSimilarity(), _lists.Width),
        (sorter, from, to) =>
        {
            for (int vertex = from; vertex < to; vertex++)
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
                work(sorter, vertex);
            }

            _reporter.Advance(to - from);
        });
}
