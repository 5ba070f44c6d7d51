using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that re-ranks by one method: query and gallery, or their graph, in; a ranking out. A method adds its parameters.</summary>
public abstract class ReRankCommand : MatrixPairCommand
{
    private protected const string PipelineSet = "Pipeline";
    private protected const string MatricesSet = "Matrices";
    private protected const string GraphSet = "Graph";

    // A graph came, and was re-ranked.
    private bool _isDone;

    private protected ReRankCommand()
    {
    }

    /// <summary>One query and one gallery matrix, told apart by their roles, in any order; or a data set of Import-RetrievalDataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    [DatasetMatrices(OrGraph = true)]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[]? InputObject { get; set; }

    /// <summary>The queries. With -Graph: the features of its first vertices, where the graph does not know them.</summary>
    [Parameter(Position = 0, ParameterSetName = MatricesSet)]
    [Parameter(ParameterSetName = GraphSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: it comes from the pipeline or is known of the graph")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Query { get; set; }

    /// <summary>The gallery. With -Graph: the features of the vertices after the queries, where the graph does not know them.</summary>
    [Parameter(Position = 1, ParameterSetName = MatricesSet)]
    [Parameter(ParameterSetName = GraphSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: it comes from the pipeline or is known of the graph")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>
    /// The neighbour graph of query and gallery, instead of building one. It must hold as many neighbours a row as the method
    /// needs: an error says how many.
    /// -CenterCamera asks for one that was built with it; of such a graph the ranking is centred in any case.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = GraphSet)]
    [ArgumentCompleter(typeof(GraphCompleter))]
    public NeighborGraph? Graph { get; set; }

    /// <summary>
    /// What the queries know of each other. Batch ranks all together, as published figures are made. Independent ranks
    /// each as if it were the only one, as a service sees them, and figures differ by it: of a graph, that of the
    /// gallery alone is taken, with -Query; and with -CenterCamera a camera's mean is that of its gallery rows.
    /// Diffusion, Gnn and Cosine serve queries fast; most other methods are run anew for each. The result names the
    /// mode.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Value = QueryMode.Batch)]
    public QueryMode QueryMode { get; set; } = QueryMode.Batch;

    /// <summary>How many gallery rows to keep for each query, best first. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Top { get; set; }

    private protected override string Alternative => "; or give a graph that knows its matrices as -Graph";

    /// <summary>The method with its parameters, as far as so many rows allow; the place to warn of what they do not.</summary>
    /// <param name="vertexCount">
    /// Queries and gallery rows together; where each query is ranked alone, the gallery's and one.
    /// </param>
    /// <param name="graph">The graph that will serve; null where one is built.</param>
    private protected abstract IReRanker MethodFor(int vertexCount, NeighborGraph? graph);

    private protected override void Begin()
    {
        CheckTop(Top);
        base.Begin();
    }

    private protected override void Process()
    {
        Take(InputObject);
        if (Graph is null)
        {
            return;
        }

        _isDone = true;
        Target = Graph;
        if (IsIndependent)
        {
            RankAlone(Graph);
            return;
        }

        NeighborGraph graph = Query is null && Gallery is null
            ? Graph
            : Graph.WithMatrices(Query ?? Graph.Query, Gallery ?? Graph.Gallery);
        IReRanker method = Asked(
            MethodFor(graph.VertexCount, graph), graph.Query, graph.Gallery, graph.CentersCameras);
        WriteObject(Run(options => method.ReRank(graph, Top, options)));
    }

    private protected override void End()
    {
        if (_isDone)
        {
            return;
        }

        MatrixPair pair = Pair(Query, Gallery);
        Target = pair.Gallery;
        int vertexCount = IsIndependent ? pair.Gallery.RowCount + 1 : pair.VertexCount;
        IReRanker method = Asked(
            MethodFor(vertexCount, graph: null), pair.Query, pair.Gallery, isCentered: false);
        WriteObject(Run(options => method.ReRank(pair.Query!, pair.Gallery, Top, options)));
    }

    private bool IsIndependent => QueryMode == QueryMode.Independent;

    /// <summary>What a number of rows counts, for people.</summary>
    private protected string Rows(int vertexCount) => IsIndependent
        ? $"the gallery and a query have {vertexCount:N0} rows in all"
        : $"query and gallery have {vertexCount:N0} rows in all";

    /// <summary>Ranks each query alone on the graph of the gallery.</summary>
    private void RankAlone(NeighborGraph graph)
    {
        FeatureMatrix? gallery = Gallery ?? graph.Gallery;
        if (graph.Query is null && Gallery is not null)
        {
            bool holdsQueries = graph.VertexCount == (long)Gallery.RowCount + (Query?.RowCount ?? 0);
            graph = graph.WithMatrices(holdsQueries ? Query : null, Gallery);
        }

        IReRanker method = Asked(
            MethodFor((gallery?.RowCount ?? graph.VertexCount) + 1, graph), Query, gallery, graph.CentersCameras);
        WriteObject(Run(options => Query is null
            ? method.ReRank(graph, Top, options)
            : method.ReRank(Query, graph, Top, options)));
    }

    /// <summary>The method with what the command itself adds to its settings.</summary>
    private IReRanker Asked(IReRanker method, FeatureMatrix? query, FeatureMatrix? gallery, bool isCentered)
    {
        if (method.Settings is not MethodSettings settings)
        {
            return method;
        }

        if (!CenterCamera && !isCentered && !settings.UsesCameras)
        {
            TellOfCameras(query, gallery);
        }

        return CenterCamera || IsIndependent
            ? (settings with { CenterCamera = CenterCamera, QueryMode = QueryMode }).CreateReRanker()
            : method;
    }
}
