using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Writes a ranking to a file for other programs.</summary>
/// <remarks>
/// <para>
/// Writes Parquet, CSV, JSON lines and the TREC run format; the ending of the file name (.parquet, .csv, .jsonl, .trec) says which,
/// unless -Format does.
/// </para>
/// <para>
/// The file is written beside its place and renamed, so a failure leaves what was there. A file that is there already is
/// replaced only with -Force.
/// </para>
/// </remarks>
/// <example>
/// <title>The first ten ranks as CSV</title>
/// <code>Import-FeatureMatrix -Example | Invoke-GnnReRank | Export-Ranking market.csv -Top 10 -Force</code>
/// <para>Re-ranks and writes the ten best gallery rows of each query.</para>
/// </example>
/// <example>
/// <title>A TREC run</title>
/// <code>$ranking = Import-FeatureMatrix -Example | Search-FeatureMatrix -Top 100
/// $ranking | Export-Ranking market.run -Format Trec -Force -PassThru</code>
/// <para>Writes a run for trec_eval, and gives the file as an object.</para>
/// </example>
/// <example>
/// <title>All ranks as Parquet</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Invoke-GnnReRank $query $gallery | Export-Ranking ranking.parquet -Force</code>
/// <para>Writes a row for each query and gallery image.</para>
/// </example>
[Cmdlet(VerbsData.Export, "Ranking", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportRankingCommand : ExportCommand
{
    private Ranking? _ranking;

    /// <summary>The ranking to write.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [RankingNeeded]
    [ArgumentCompleter(typeof(RankingCompleter))]
    public Ranking? InputObject { get; set; }

    /// <summary>How many ranks to write of each list, best first. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Top { get; set; }

    /// <summary>The format, where the ending of the file name does not say it.</summary>
    [Parameter]
    [PSDefaultValue(Help = "what the ending of the path says")]
    public RankingFormat? Format { get; set; }

    private protected override void Begin() => CheckTop(Top);

    private protected override void Process()
    {
        Target = Path;
        _ranking = _ranking is null ? InputObject : throw Errors.SeveralForOneFile("ranking", Path);
    }

    private protected override void End()
    {
        if (_ranking is not Ranking ranking)
        {
            return;
        }

        string path = SessionPaths.Literal(this, Path);
        Export(ranking.ToString(), [path], compute => RankingFile.Write(path, ranking, Top, Format, Force, compute));
    }
}
