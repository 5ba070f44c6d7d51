using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Turns a ranking into one object for each query and rank, for filters, tables and exports.</summary>
/// <remarks>
/// <para>
/// Each object holds QueryIndex, QueryName, QueryLabel, Rank (from 1), GalleryIndex (from 0), GalleryName, GalleryLabel, Score and
/// IsMatch. Names and labels are empty where they are not known. Objects are written one by one, so the commands after this one
/// start at once.
/// </para>
/// <para>
/// A full ranking has queries times gallery rows of them: -Top and -QueryIndex take fewer.
/// </para>
/// </remarks>
/// <example>
/// <title>The first hits of some queries</title>
/// <code>$ranking = Import-FeatureMatrix -Example | Invoke-GnnReRank
/// $ranking | Expand-Ranking -Top 5 -QueryIndex 0, 3</code>
/// <para>Shows the five best gallery rows of two queries.</para>
/// </example>
/// <example>
/// <title>Wrong first hits</title>
/// <code>$ranking = Import-FeatureMatrix -Example | Invoke-GnnReRank
/// $ranking | Expand-Ranking -Top 1 | Where-Object IsMatch -EQ $false</code>
/// <para>Shows each query whose best hit has another label.</para>
/// </example>
/// <example>
/// <title>Likely matches</title>
/// <code>Import-FeatureMatrix -Example | Search-FeatureMatrix -Top 3 | Expand-Ranking | ForEach-Object { '{0} -&gt; {1}' -f $_.QueryIndex, $_.GalleryIndex }</code>
/// <para>Writes a line for each of the three best hits of every query.</para>
/// </example>
[Cmdlet(VerbsData.Expand, "Ranking")]
[OutputType(typeof(RankingEntry))]
public sealed class ExpandRankingCommand : GnnReRankCommand
{
    /// <summary>The ranking to expand.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [RankingNeeded]
    [ArgumentCompleter(typeof(RankingCompleter))]
    public Ranking? InputObject { get; set; }

    /// <summary>How many ranks to take from each list, best first. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Top { get; set; }

    /// <summary>The queries to take, by their 0-based index. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int[]? QueryIndex { get; set; }

    private protected override void Begin() => CheckTop(Top);

    private protected override void Process()
    {
        Ranking ranking = InputObject!;
        Target = ranking;
        CheckQueries(QueryIndex ?? [], ranking);
        int depth = Math.Min(Top ?? ranking.Depth, ranking.Depth);
        foreach (int query in QueryIndex ?? Enumerable.Range(0, ranking.QueryCount))
        {
            for (int rank = 1; rank <= depth; rank++)
            {
                StopToken.ThrowIfCancellationRequested();
                WriteObject(ranking.GetEntry(query, rank));
            }
        }
    }
}
