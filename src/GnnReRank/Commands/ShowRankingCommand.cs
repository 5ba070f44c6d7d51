using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Shows the heads of some queries' lists on the screen, with what is good, wrong and junk.</summary>
/// <remarks>
/// <para>
/// Each query is a block: its name, label, camera and average precision, then its first gallery images with rank, score, label,
/// camera and name. '+ good' is green, 'x wrong' red, '~ junk' grey; where the screen has no colours (NO_COLOR, $PSStyle's
/// PlainText, a file) the words remain. The marks are those of the protocol that Measure-RetrievalAccuracy takes. Without labels
/// there are none.
/// </para>
/// <para>
/// Ranks are places in the list, junk included. Where the first -Top images are all junk, the first after them that is not is shown
/// too, and a line says how many lie between. Each block is an object (QueryIndex, AveragePrecision, Images, ...), so the
/// commands after this one can work with it.
/// </para>
/// </remarks>
/// <example>
/// <title>The first queries</title>
/// <code>Import-FeatureMatrix -Example | Invoke-GnnReRank | Show-Ranking</code>
/// <para>Shows the first ten images of the first three queries.</para>
/// </example>
/// <example>
/// <title>What re-ranking moved</title>
/// <code>$graph = Import-FeatureMatrix -Example | New-NeighborGraph
/// $cosine = Search-FeatureMatrix $graph.Query $graph.Gallery
/// $graph | Invoke-GnnReRank | Show-Ranking -QueryIndex 4, 11 -Top 5 -Before $cosine</code>
/// <para>Shows two queries, and where each image was before.</para>
/// </example>
/// <example>
/// <title>The queries that lost most</title>
/// <code>$sets = Import-FeatureMatrix -Example
/// $before = $sets | Search-FeatureMatrix
/// $after = $sets | Invoke-GnnReRank
/// $lost = (Compare-RetrievalAccuracy $before $after -Top 3).MostLost
/// $after | Show-Ranking -QueryIndex $lost.QueryIndex -Before $before</code>
/// <para>Looks at the three queries that re-ranking harmed most.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "Ranking")]
[OutputType(typeof(RankedQuery))]
public sealed class ShowRankingCommand : ProtocolCommand
{
    private const int UsualQueries = 3;

    /// <summary>The ranking to show.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [RankingNeeded]
    [ArgumentCompleter(typeof(RankingCompleter))]
    public Ranking? InputObject { get; set; }

    /// <summary>The queries to show, by their 0-based index. The first three, unless given.</summary>
    [Parameter]
    [Alias("Query")]
    [PSDefaultValue(Help = "0, 1, 2, unless -Name is given")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int[]? QueryIndex { get; set; }

    /// <summary>The queries to show, by their names; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [Alias("QueryName")]
    [PSDefaultValue(Help = "none: -QueryIndex says which")]
    public string[]? Name { get; set; }

    /// <summary>How many images to show of each list, best first; where these are all junk, also the first after them that is not.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Top { get; set; } = 10;

    /// <summary>A ranking of the same queries and gallery: for each image its rank there is shown too, and the average precision.</summary>
    [Parameter]
    [Alias("Baseline", "Reference")]
    [RankingNeeded]
    [PSDefaultValue(Help = "none: no rank before is shown")]
    [ArgumentCompleter(typeof(RankingCompleter))]
    public Ranking? Before { get; set; }

    /// <summary>One setup of the revisited benchmarks.</summary>
    [Parameter]
    [PSDefaultValue(Help = "Medium")]
    public Difficulty? Difficulty { get; set; }

    private protected override void Begin() => CheckTop(Top);

    private protected override void Process()
    {
        Ranking ranking = InputObject!;
        Target = ranking;
        EvaluationSettings settings = Evaluation() with { Difficulty = Difficulty };
        foreach (RankedQuery query in RankingInspector.Inspect(ranking, Chosen(ranking), Top, settings, Before))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(query);
        }
    }

    private int[] Chosen(Ranking ranking)
    {
        if (QueryIndex is null && Name is null)
        {
            return [.. Enumerable.Range(0, Math.Min(UsualQueries, ranking.QueryCount))];
        }

        CheckQueries(QueryIndex ?? [], ranking);
        return [.. (QueryIndex ?? []).Concat((Name ?? []).SelectMany(pattern => Named(ranking, pattern))).Distinct()];
    }

    private static int[] Named(Ranking ranking, string pattern)
    {
        IReadOnlyList<string> names = ranking.Query.Names ?? throw Errors.NoQueryNames();
        WildcardPattern wildcard = new(pattern, WildcardOptions.IgnoreCase);
        int[] found = [.. Enumerable.Range(0, names.Count).Where(query => wildcard.IsMatch(names[query]))];
        return found.Length > 0 ? found : throw Errors.NoQueryMatches(pattern, names);
    }
}
