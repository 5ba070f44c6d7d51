using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Reads a neighbour graph: one that was exported, or neighbour lists that another program found.</summary>
/// <remarks>
/// <para>
/// Reads a .parquet file of Export-NeighborGraph, or a pair of .npy files as faiss users have them: indices (rows x k, 0-based,
/// -1 padding) and scores. The vertices are the query rows first, then the gallery rows. Also read: .ibin of the big-ann benchmarks, and
/// HDF5 with the datasets neighbors and distances (rows x k) as ann-benchmarks names them; its attribute 'distance' says what they are,
/// angular (1 - cosine) or euclidean. Lists of test rows among train rows are no graph of all rows: Import-Ranking reads them.
/// </para>
/// <para>
/// A file holds no features. -Query and -Gallery attach them, so that the graph can be re-ranked and measured; Invoke-GnnReRank
/// takes them as well.
/// </para>
/// </remarks>
/// <example>
/// <title>Use a graph again</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// New-NeighborGraph $query $gallery | Export-NeighborGraph graph.parquet -Force
/// Import-NeighborGraph graph.parquet -Query $query -Gallery $gallery | Invoke-GnnReRank -K1 10 -K2 4 | Measure-RetrievalAccuracy</code>
/// <para>Re-ranks on a graph made earlier, without searching neighbours again.</para>
/// </example>
/// <example>
/// <title>Neighbour lists of another program</title>
/// <code>Import-FeatureMatrix -Example | New-NeighborGraph | Export-NeighborGraph neighbors.npy -ScorePath cosine.npy -Force
/// $graph = Import-NeighborGraph neighbors.npy -ScorePath cosine.npy
/// $graph.NeighborCount</code>
/// <para>Reads indices and cosine scores, and shows how many neighbours a row has. Here the first line stands for the other program.</para>
/// </example>
/// <example>
/// <title>The neighbours of one vertex</title>
/// <code>Import-FeatureMatrix -Example | New-NeighborGraph | Export-NeighborGraph graph.parquet -Force
/// $graph = Import-NeighborGraph graph.parquet
/// $graph.GetNeighbors(0)</code>
/// <para>Shows the neighbours of the first query, itself first.</para>
/// </example>
[Cmdlet(VerbsData.Import, "NeighborGraph")]
[OutputType(typeof(NeighborGraph))]
public sealed class ImportNeighborGraphCommand : GnnReRankCommand
{
    /// <summary>The .parquet or HDF5 file, or the .npy or .ibin file with the indices, taken literally; relative to the current location.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath", "PSPath", "FullName")]
    public string Path { get; set; } = string.Empty;

    /// <summary>The .npy file with the scores, where -Path is a .npy file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "NAME.scores.npy beside NAME.npy; of an .ibin file what follows its indices, else NAME.fbin")]
    public string? ScorePath { get; set; }

    /// <summary>What the scores of a .npy or .ibin file are: cosines, or squared Euclidean distances of normalised rows. An HDF5 file may say it itself.</summary>
    [Parameter]
    [PSDefaultValue(Value = GraphScoreKind.Cosine)]
    public GraphScoreKind ScoreKind { get; set; } = GraphScoreKind.Cosine;

    /// <summary>The features of the first vertices.</summary>
    [Parameter]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: the graph does not know its features")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Query { get; set; }

    /// <summary>The features of the vertices after the queries.</summary>
    [Parameter]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: the graph does not know its features")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>
    /// The lists were found on rows centred by camera: the ranking centres the matrices in the same way. A Parquet file
    /// of Export-NeighborGraph says it itself.
    /// </summary>
    [Parameter]
    public SwitchParameter CenterCamera { get; set; }

    private protected override void Process() => Attempt(Path, () =>
    {
        string path = SessionPaths.Literal(this, Path);
        string? scorePath = ScorePath is null ? null : SessionPaths.Literal(this, ScorePath);
        NeighborGraph graph = Run(compute => GraphFile.Read(path, scorePath, ScoreKind, compute));
        graph = graph.WithCenteredCameras(graph.CentersCameras || CenterCamera);
        WriteVerbose($"Read {graph} from '{path}'.");
        WriteObject(Query is null && Gallery is null ? graph : graph.WithMatrices(Query, Gallery));
    });
}
