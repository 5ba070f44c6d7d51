using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Writes rankings of the same images, side by side, as one HTML file.</summary>
/// <remarks>
/// <para>
/// The file holds the figures of all rankings with their differences, CMC and precision-recall curves, a histogram of average precision,
/// the queries that gained and lost most, and each query with its first gallery images: right, wrong or junk, with score and rank before and
/// after. It needs nothing else, asks no network for anything, and opens in any browser; its own lists sort, filter and print.
/// </para>
/// <para>
/// The ranking whose method is Cosine, or else the first, is the baseline of the others. All must be of the same query and gallery images;
/// their features may differ. Without labels and without -GroundTruth there are no figures, and the lists are shown as they are.
/// Of the revisited benchmarks, queries and curves are shown of the -Difficulty that is named; of Medium, where all three are measured.
/// </para>
/// <para>
/// The matrices' names are taken as paths of pictures under -ImageRoot. The report links to them by relative paths, so it must stay where
/// it is, seen from them; with -Embed it holds small JPEG copies instead, and can be sent to others. Pictures are read as JPEG, PNG, WebP,
/// GIF or BMP; files of more than 64 MB or 50 million pixels are passed over, and a report embeds 64 MB of pictures at most. A warning says
/// what is missing.
/// </para>
/// </remarks>
/// <example>
/// <title>Before and after</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $cosine = Search-FeatureMatrix $query $gallery
/// $gnn = Invoke-GnnReRank $query $gallery
/// $cosine, $gnn | Export-RankingReport report.html -Title 'Digits' -Force</code>
/// <para>Compares the re-ranking with the cosine ranking it started from.</para>
/// </example>
/// <example>
/// <title>With intervals</title>
/// <code>$graph = Import-FeatureMatrix -Example | New-NeighborGraph -NeighborCount 60
/// $cosine = Search-FeatureMatrix $graph.Query $graph.Gallery
/// $others = 20, 26, 40 | ForEach-Object { $graph | Invoke-GnnReRank -K1 $_ }
/// @($cosine) + $others | Export-RankingReport report.html -Bootstrap 1000 -MaxQueries 50 -Force</code>
/// <para>Reports the cosine ranking and three settings, each mean with its 95 % interval.</para>
/// </example>
/// <example>
/// <title>With pictures, to send to others</title>
/// <code>$images = 'a.jpg', 'b.jpg', 'c.jpg' | ForEach-Object { [pscustomobject]@{ File = $_; Embedding = 1, $_.Length, [int][char] $_[0] } }
/// $set = $images | ConvertTo-FeatureMatrix Embedding -Name File
/// Search-FeatureMatrix $set $set | Export-RankingReport report.html -ImageRoot . -Embed -MaxQueries 10 -Top 20 -Force</code>
/// <para>Shows at most ten queries, with twenty pictures each inside the file. Here the pictures themselves are missing, and a warning says so: -ImageRoot is the folder that names such as a.jpg are relative to.</para>
/// </example>
/// <example>
/// <title>As another code measures</title>
/// <code>Import-FeatureMatrix -Example | Invoke-GnnReRank |
///     Export-RankingReport report.html -Protocol Label -ApKind Uninterpolated -Force -PassThru</code>
/// <para>Reports one ranking, without a camera rule and with the mean of precisions, and gives the file as an object.</para>
/// </example>
[Cmdlet(VerbsData.Export, "RankingReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportRankingReportCommand : MeasuringCommand
{
    private readonly List<Ranking> _rankings = [];

    /// <summary>The file to write, taken literally; relative to the current location.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    [TextNeeded("the path of the file is needed: it comes first, and the object after it or through the pipeline")]
    public string Path { get; set; } = string.Empty;

    /// <summary>The rankings to report, in a list or through the pipeline: one or more, of the same query and gallery images.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [RankingNeeded]
    [ArgumentCompleter(typeof(RankingCompleter))]
    public Ranking[] InputObject { get; set; } = [];

    /// <summary>The headline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "Ranking report")]
    public string? Title { get; set; }

    /// <summary>How many gallery images a query to show.</summary>
    [Parameter]
    [PSDefaultValue(Value = ReportOptions.DefaultTop)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Top { get; set; } = ReportOptions.DefaultTop;

    /// <summary>The folder that the matrices' names are relative to; or two, that of the query pictures and that of the gallery's.</summary>
    [Parameter]
    [ValidateCount(1, 2)]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "none: no pictures are shown")]
    public string[] ImageRoot { get; set; } = [];

    /// <summary>Put small copies of the pictures into the file instead of links to them.</summary>
    [Parameter]
    public SwitchParameter Embed { get; set; }

    /// <summary>The most queries to show one by one: those whose average precision changed most, or of one ranking the worst. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? MaxQueries { get; set; }

    /// <summary>Replace a file that is there already. On Linux and macOS the new one keeps its permissions.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Give the written file as an object (System.IO.FileInfo).</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Begin() => CheckTop(Top);

    private protected override void Process() => _rankings.AddRange(InputObject);

    private protected override void End()
    {
        if (_rankings.Count == 0)
        {
            return;
        }

        string path = SessionPaths.Literal(this, Path);
        string[] folders = [.. ImageRoot.Select(folder => SessionPaths.Literal(this, folder))];
        ReportOptions options = new()
        {
            Title = Title,
            Top = Top,
            Evaluation = Evaluation(),
            QueryFolder = folders.FirstOrDefault(),
            GalleryFolder = folders.LastOrDefault(),
            Embed = Embed,
            MaxQueries = MaxQueries,
            Overwrite = Force,
        };
        Target = path;
        FileOutput.Write(this, $"a report of {_rankings.Count:N0} ranking{(_rankings.Count == 1 ? string.Empty : "s")}", [path], PassThru, () =>
            Run(compute => RankingReport.Write(path, _rankings, options with { Compute = compute })));
    }
}
