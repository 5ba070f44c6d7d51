using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Writes a neighbour graph to a file, to be used again.</summary>
/// <remarks>
/// <para>
/// A .parquet file holds the whole graph. A .npy file holds the indices (int32, rows x k, 0-based, -1 padding), as faiss users
/// have them, and a second one the scores: -ScorePath, or NAME.scores.npy beside NAME.npy.
/// </para>
/// <para>
/// Files are written beside their place and renamed, so a failure leaves what was there. Files that are there already are
/// replaced only with -Force. The features are not written: Export-FeatureMatrix does that.
/// </para>
/// </remarks>
/// <example>
/// <title>Keep a graph</title>
/// <code>Import-FeatureMatrix -Example | New-NeighborGraph -NeighborCount 60 | Export-NeighborGraph market.parquet -Force</code>
/// <para>Builds a graph and writes it.</para>
/// </example>
/// <example>
/// <title>For another program</title>
/// <code>$graph = Import-FeatureMatrix -Example | New-NeighborGraph -NeighborCount 10
/// $graph | Export-NeighborGraph index.npy -ScorePath cosine.npy -Force</code>
/// <para>Writes the indices and the scores as NumPy arrays.</para>
/// </example>
/// <example>
/// <title>Change the format</title>
/// <code>Import-FeatureMatrix -Example | New-NeighborGraph | Export-NeighborGraph graph.parquet -Force
/// Import-NeighborGraph graph.parquet | Export-NeighborGraph copy.npy -Force -PassThru</code>
/// <para>Writes a graph, reads it and writes it as copy.npy and copy.scores.npy.</para>
/// </example>
[Cmdlet(VerbsData.Export, "NeighborGraph", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportNeighborGraphCommand : ExportCommand
{
    private NeighborGraph? _graph;

    /// <summary>The graph to write.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [GraphNeeded]
    [ArgumentCompleter(typeof(GraphCompleter))]
    public NeighborGraph? InputObject { get; set; }

    /// <summary>The .npy file for the scores, where -Path is a .npy file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "NAME.scores.npy beside NAME.npy")]
    public string? ScorePath { get; set; }

    private protected override void Process()
    {
        Target = Path;
        _graph = _graph is null ? InputObject : throw Errors.SeveralForOneFile("graph", Path);
    }

    private protected override void End()
    {
        if (_graph is not NeighborGraph graph)
        {
            return;
        }

        string path = SessionPaths.Literal(this, Path);
        string? scorePath = ScorePath is null ? null : SessionPaths.Literal(this, ScorePath);
        Export(graph.ToString(), GraphFile.FilesOf(path, scorePath), compute => GraphFile.Write(path, graph, scorePath, Force, compute));
    }
}
