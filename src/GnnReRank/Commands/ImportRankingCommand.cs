using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Reads a ranking from a file: one that was exported, or the run of another system.</summary>
/// <remarks>
/// <para>
/// Reads TREC runs (.trec, .run, .res, .txt), Parquet, CSV and TSV with a header, and JSON lines, text also with gzip (.gz); arrays of
/// scores or distances, queries x gallery (.npy, .npz, .mat, .h5); and lists of gallery indices (.ibin, .ivecs, or an array with
/// -ScoreKind Index, or under ann-benchmarks' names neighbors and distances). The result is measured, compared, shown, reported and exported like any ranking. Its Settings hold the run's tag,
/// or the file's name, and its Source.
/// </para>
/// <para>
/// The matrices are those that the run was made of. Rows are found by name where file and matrix have names: the name itself, the name as
/// Export-Ranking writes it in TREC runs (blanks as _; q17 and g5 for rows without names), or the same file name where neither the folders
/// nor the ending contradict. Where there are no names, columns of row numbers count (QueryIndex, GalleryIndex; 0-based), and labels in the
/// file are compared. Arrays and index lists go row by row.
/// </para>
/// <para>
/// TREC runs are ordered by score, descending, ties by document name, descending, as trec_eval does; but those that Export-Ranking wrote
/// by their ranks, and so are all other formats that have ranks. A warning tells where ranks and scores contradict each other. Lists may
/// differ in length: what a list does not hold was not retrieved, and counts as not found. A query of which the run has no list gets
/// an empty one, and queries that the matrix does not have are left out, both with a warning. An unknown gallery image is an error,
/// unless -SkipUnknown is given; so is an image that stands twice in a list, and a score that is not a number.
/// </para>
/// </remarks>
/// <example>
/// <title>Another system beside ours</title>
/// <code>$sets = Import-FeatureMatrix -Example
/// $sets | Search-FeatureMatrix -Top 50 | Export-Ranking other.run -Force
/// $other = $sets | Import-Ranking other.run
/// $ours = $sets | Invoke-GnnReRank -Top 50
/// Compare-RetrievalAccuracy $other $ours</code>
/// <para>Compares a run, here one that was just written, with a re-ranking of the same depth.</para>
/// </example>
/// <example>
/// <title>Yesterday and today in one report</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Invoke-GnnReRank $query $gallery -K1 20 | Export-Ranking yesterday.parquet -Force
/// $yesterday = Import-Ranking yesterday.parquet -Query $query -Gallery $gallery
/// $today = Invoke-GnnReRank $query $gallery -K1 26
/// $yesterday, $today | Export-RankingReport report.html -Force</code>
/// <para>Reads the ranking of the day before and reports both.</para>
/// </example>
/// <example>
/// <title>A matrix of distances</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example | Select-FeatureMatrix -First 80
/// $rows = 0..79 | ForEach-Object { $q = $query.GetRow($_); , (0..79 | ForEach-Object { $g = $gallery.GetRow($_); [Math]::Abs($q[20] - $g[20]) }) }
/// $rows | ConvertTo-FeatureMatrix | Export-FeatureMatrix distances.npy -Force
/// Import-Ranking distances.npy -Query $query -Gallery $gallery -ScoreKind Distance -Top 20 | Measure-RetrievalAccuracy</code>
/// <para>Ranks by a NumPy array of 80 queries x 80 gallery images, lowest distance first.</para>
/// </example>
/// <example>
/// <title>All runs of a folder</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// 10, 20 | ForEach-Object { Search-FeatureMatrix $query $gallery -Top $_ | Export-Ranking "top$_.trec" -Force }
/// Get-ChildItem *.trec | Import-Ranking -Query $query -Gallery $gallery | Measure-RetrievalAccuracy</code>
/// <para>Measures each run; a file that cannot be used is an error, and the others go on.</para>
/// </example>
[Cmdlet(VerbsData.Import, "Ranking", DefaultParameterSetName = MatricesSet)]
[OutputType(typeof(Ranking))]
public sealed class ImportRankingCommand : ComputeCommand
{
    private const string PipelineSet = "Pipeline";
    private const string MatricesSet = "Matrices";

    private readonly PipelineMatrices _pipeline = new();

    /// <summary>The files to read, taken literally; relative to the current location. Takes files from Get-ChildItem where -Query and -Gallery are given.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipelineSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = MatricesSet)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath", "PSPath", "FullName")]
    public string[] Path { get; set; } = [];

    /// <summary>One query and one gallery matrix, told apart by their roles, in any order; or a data set of Import-RetrievalDataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    [DatasetMatrices]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[]? InputObject { get; set; }

    /// <summary>The queries of the run.</summary>
    [Parameter(Position = 1, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: it comes from the pipeline")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Query { get; set; }

    /// <summary>The gallery of the run.</summary>
    [Parameter(Position = 2, ParameterSetName = MatricesSet)]
    [MatrixNeeded]
    [PSDefaultValue(Help = "none: it comes from the pipeline")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? Gallery { get; set; }

    /// <summary>The format, where the ending of the file name does not say it.</summary>
    [Parameter]
    [PSDefaultValue(Help = "what the ending of the path says")]
    public RankingFormat? Format { get; set; }

    /// <summary>What the numbers are: similarities (higher is better), distances (lower is better, kept negated), or of an array gallery indices.</summary>
    [Parameter]
    [PSDefaultValue(Help = "Similarity; needed where a name speaks of distances, or each row holds each gallery place once")]
    public RankingScoreKind? ScoreKind { get; set; }

    /// <summary>What lists are ordered by: their scores, or their column of ranks.</summary>
    [Parameter]
    [PSDefaultValue(Help = "Score for TREC runs of other programs, Rank for all others that have ranks")]
    public RankingOrder? OrderBy { get; set; }

    /// <summary>By what images are found: their names, or their 0-based rows.</summary>
    [Parameter]
    [PSDefaultValue(Help = "Name where file and matrix have names, else Index")]
    public RankingMatch? MatchBy { get; set; }

    /// <summary>The array or variable to read, where a file holds several that fit.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Variable")]
    [PSDefaultValue(Help = "the one that fits")]
    public string? Name { get; set; }

    /// <summary>How many ranks of each list to keep, best first. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Top { get; set; }

    /// <summary>Leave out gallery images that the matrix does not have, with a warning, instead of failing.</summary>
    [Parameter]
    public SwitchParameter SkipUnknown { get; set; }

    private protected override void Begin() => CheckTop(Top);

    private protected override void Process()
    {
        if (ParameterSetName == PipelineSet)
        {
            _pipeline.Add(InputObject ?? []);
            return;
        }

        MatrixPair pair = (Query, Gallery) switch
        {
            (null, null) => throw Errors.NoMatrices(),
            (null, _) => throw Errors.OneMatrixAlone(nameof(Gallery), nameof(Query), string.Empty),
            (_, null) => throw Errors.OneMatrixAlone(nameof(Query), nameof(Gallery), string.Empty),
            _ => new MatrixPair(Query, Gallery),
        };
        if (pair.IsSwapped)
        {
            WriteWarning(MatrixPair.SwappedWarning);
        }

        Import(pair);
    }

    private protected override void End()
    {
        if (ParameterSetName == PipelineSet)
        {
            Target = _pipeline.All;
            Import(_pipeline.ToPair());
        }
    }

    private void Import(MatrixPair pair)
    {
        foreach (string given in Path)
        {
            Attempt(given, () =>
            {
                string path = SessionPaths.Literal(this, given);
                Ranking ranking = Run(compute => RankingFile.Read(path, pair.Query!, pair.Gallery, new RankingReadOptions
                {
                    Format = Format,
                    ScoreKind = ScoreKind,
                    Order = OrderBy,
                    Match = MatchBy,
                    Name = Name,
                    Top = Top,
                    SkipUnknown = SkipUnknown,
                    Compute = compute,
                }));
                WriteVerbose($"Read {ranking} from '{path}'.");
                WriteObject(ranking);
            });
        }
    }
}
