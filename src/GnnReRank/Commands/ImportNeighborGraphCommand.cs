using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Reads a neighbour graph: one that was exported, or what another program found.</summary>
/// <remarks>
/// <para>
/// Reads what Export-NeighborGraph writes, .parquet and .npy with its scores beside, and what other programs leave:
/// lists with their scores in two files (.npy, .ibin and .fbin, .ivecs and .fvecs) or in one (.npz, .mat, .h5,
/// .ibin), tables of vector data bases and Spark jobs (.parquet with a list a row; .parquet, .csv or .tsv with a row
/// a pair), and square matrices of similarities or distances (.npy, .npz, .mat, .h5), of whose rows the nearest 64
/// are kept. Indices are 0-based. The vertices are the query rows first, then the gallery rows. HDF5 of
/// ann-benchmarks says itself what its distances are. Lists of test rows among train rows are no graph of all rows:
/// Import-Ranking reads them.
/// </para>
/// <para>
/// -ScoreKind says what the scores are; they become cosines. Scores of rows that were not normalised need their
/// features for that, -Query and -Gallery. Lists that lack their own row, name a row twice, are out of order or
/// shorter than the others are repaired, and one warning counts them; an index outside the rows, or a score that is
/// none of its kind, is an error.
/// </para>
/// <para>
/// A file holds no features. -Query and -Gallery attach them, so that the graph can be re-ranked and measured; Invoke-GnnReRank
/// takes them as well. Given here, the exact neighbours of 256 rows are sought too: the share of them that the lists
/// hold, their recall, is told with -Verbose, and where it is not 1 the graph and what is made of it say it. A recall
/// under 0.5 is told by a warning: the features are then probably others, or in another order. Another warning tells
/// of scores that are over 0.02 off the cosines of these rows (median): -ScoreKind is then probably wrong.
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
/// <title>A table of pairs, as a vector data base or a Spark job has it</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example | Select-FeatureMatrix -First 60
/// $found = New-NeighborGraph $query $gallery -NeighborCount 12
/// $pairs = foreach ($id in 0..119) { $to, $cosine = $found.GetNeighbors($id), $found.GetScores($id)
///     foreach ($at in 1..11) { [pscustomobject] @{ id = $id; neighbor_id = $to[$at]; distance = "$(1 - $cosine[$at])" } } }
/// $pairs | Export-Csv pairs.csv
/// $graph = Import-NeighborGraph pairs.csv -ScoreKind CosineDistance -Query $query -Gallery $gallery
/// $graph | Invoke-GnnReRank -K1 10 -K2 4 | Measure-RetrievalAccuracy</code>
/// <para>
/// Reads a row a pair of rows. The first lines stand for the other program, whose lists leave each row itself out.
/// </para>
/// </example>
/// <example>
/// <title>A square matrix of similarities</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example | Select-FeatureMatrix -First 40
/// $all = New-NeighborGraph $query $gallery -NeighborCount 80
/// $rows = foreach ($i in 0..79) { $row, $cosine, $at = [float[]]::new(80), $all.GetScores($i), 0
///     foreach ($to in $all.GetNeighbors($i)) { $row[$to] = $cosine[$at++] }
///     , $row }
/// $rows | ConvertTo-FeatureMatrix | Export-FeatureMatrix similarities.npy -Force
/// $graph = Import-NeighborGraph similarities.npy -NeighborCount 20 -Query $query -Gallery $gallery
/// $graph | Invoke-GnnReRank -K1 10 -K2 4 | Measure-RetrievalAccuracy</code>
/// <para>Keeps the 20 nearest of each row of a NumPy array of 80 x 80 cosines.</para>
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
public sealed class ImportNeighborGraphCommand : ComputeCommand
{
    /// <summary>
    /// The file with the graph, or with the indices of its lists, taken literally; relative to the current location.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath", "PSPath", "FullName")]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file with the scores, where -Path holds the indices alone: .npy, .fbin or .fvecs.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "NAME.scores.npy beside NAME.npy; of an .ibin file what follows its indices, else " +
        "NAME.fbin; NAME.fvecs beside NAME.ivecs")]
    public string? ScorePath { get; set; }

    /// <summary>
    /// What the scores are: Cosine; InnerProduct; SquaredL2 (faiss IndexFlatL2, 'l2' of hnswlib and usearch); L2
    /// (scikit-learn, SciPy); CosineDistance, 1 - cosine (hnswlib, usearch, cuVS); InnerProductDistance, 1 - inner
    /// product ('ip' of hnswlib and usearch). Of rows that were not normalised, all but the cosines need -Query and
    /// -Gallery.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Help = "Cosine; needed where a table calls its column a distance. HDF5 of ann-benchmarks and " +
        "Parquet of Export-NeighborGraph say it themselves")]
    public GraphScoreKind? ScoreKind { get; set; }

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

    /// <summary>Neighbours to keep for each row, itself included.</summary>
    [Parameter]
    [Alias("K", "K1")]
    [PSDefaultValue(Help = "all of a list; 64 of a row of a square matrix")]
    [ArgumentCompleter(typeof(NeighborCountCompleter))]
    public int? NeighborCount { get; set; }

    /// <summary>The array or variable with the indices or the square matrix, where a file holds several.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Variable")]
    [PSDefaultValue(Help = "neighbors, indices, labels, I and the like, or the only square matrix")]
    public string? Name { get; set; }

    /// <summary>
    /// By what a table tells rows: the names that -Query and -Gallery have, or their 0-based numbers, queries first.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Help = "Name where the ids are texts that the features have, else Index")]
    public RankingMatch? MatchBy { get; set; }

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
        NeighborGraph graph = Run(compute => GraphFile.Read(path, new GraphReadOptions
        {
            ScorePath = scorePath,
            ScoreKind = ScoreKind,
            Query = Query,
            Gallery = Gallery,
            CenterCamera = CenterCamera,
            NeighborCount = NeighborCount,
            Name = Name,
            Match = MatchBy,
            Compute = compute,
        }));
        WriteVerbose($"Read {graph} from '{path}'.");
        WriteObject(Query is null && Gallery is null
            ? graph
            : Run(compute => GraphRecall.Attach(graph, Query, Gallery, compute)));
    });
}
