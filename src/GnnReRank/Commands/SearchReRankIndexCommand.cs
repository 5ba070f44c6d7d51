using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Re-ranks the gallery of an index for each query, as it arrives.</summary>
/// <remarks>
/// <para>
/// Each object of the pipeline is answered before the next is read: a matrix, with as many queries as it has rows, or a single row of
/// numbers. Each gives a ranking, which the other commands take: Expand-Ranking, Show-Ranking, Measure-RetrievalAccuracy. A query that
/// does not fit is an error of its own, and the others go on.
/// </para>
/// <para>
/// Each query is ranked as if it were the only one, the same whatever comes with it. PowerShell takes arrays apart in a pipeline: a single
/// row needs a comma before it (,$row), or give it as -Query.
/// </para>
/// <para>
/// -MinimumScore, and filters of the gallery, shorten the lists. Where no row has the least score a list is empty; a filter that takes no
/// row of the gallery is an error. What a list does not hold counts as not found.
/// Scores are the method's: cosines for Cosine, and cosines with what the walk adds to them for Diffusion. The graph is that of all rows,
/// whatever is listed. An index may be searched from several threads, also while another adds to it.
/// </para>
/// </remarks>
/// <example>
/// <title>One query</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $index = $gallery | New-ReRankIndex
/// $row = $query.GetRow(7)
/// Search-ReRankIndex $index $row -Top 5 | Expand-Ranking</code>
/// <para>Shows the five best gallery rows for a row of numbers.</para>
/// </example>
/// <example>
/// <title>Queries as they come</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $index = $gallery | New-ReRankIndex
/// $images = 0..4 | ForEach-Object { [pscustomobject]@{ File = "$_.jpg"; Embedding = $query.GetRow($_) } }
/// $images | ForEach-Object { $_ | ConvertTo-FeatureMatrix Embedding -Name File } | Search-ReRankIndex $index -Top 1 | Expand-Ranking</code>
/// <para>Answers objects that have their features in a property, one by one, with their names.</para>
/// </example>
/// <example>
/// <title>A match or none</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $index = $gallery | New-ReRankIndex -Method Cosine
/// $ranking = $query | Select-FeatureMatrix -First 20 | Search-ReRankIndex $index -Top 1 -MinimumScore 0.95
/// 0..19 | Where-Object { $ranking.GetDepth($_) -eq 0 }</code>
/// <para>Lists the queries to which no gallery row is that near.</para>
/// </example>
/// <example>
/// <title>In a part of the gallery</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $index = $gallery | New-ReRankIndex
/// $query | Select-FeatureMatrix -First 3 | Search-ReRankIndex $index -Label 3, 5, 8 -Top 10 | Show-Ranking</code>
/// <para>Lists rows of three labels alone.</para>
/// </example>
[Cmdlet(VerbsCommon.Search, "ReRankIndex")]
[OutputType(typeof(Ranking))]
public sealed class SearchReRankIndexCommand : IndexCommand
{
    private IndexSearchOptions _search = new();
    private long _count;

    /// <summary>
    /// The queries: feature matrices, rows of numbers, or data sets with features, each answered as it arrives. Given by name also rows in
    /// a list or a two-dimensional array.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [QueryNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public PSObject? Query { get; set; }

    /// <summary>How many gallery rows to keep for each query, best first. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Top { get; set; }

    /// <summary>Do not list gallery rows of a lower score: where no row has it, the list is empty.</summary>
    [Parameter]
    [PSDefaultValue(Help = "none: rows of any score")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public double? MinimumScore { get; set; }

    /// <summary>List only gallery rows with these labels (identities).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "all rows")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public long[]? Label { get; set; }

    /// <summary>List only gallery rows of these cameras.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "all rows")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int[]? Camera { get; set; }

    /// <summary>List only gallery rows with these names, without regard to case. Wildcards *, ? and [a-z] are welcome.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PSDefaultValue(Help = "all rows")]
    public string[]? Name { get; set; }

    /// <summary>List only these gallery rows, by their 0-based numbers, which are counted anew after each removal.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "all rows")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int[]? Row { get; set; }

    /// <summary>Turn the filters -Label, -Camera, -Name and -Row round: list the rows that they do not take.</summary>
    [Parameter]
    public SwitchParameter Exclude { get; set; }

    private protected override void Begin()
    {
        CheckTop(Top);

        // One object for all queries: the index remembers which rows it takes.
        _search = new IndexSearchOptions { Top = Top, MinimumScore = (float?)MinimumScore, Rows = Filter() };
    }

    private protected override void Process()
    {
        object? given = FeatureValues.Unwrap(Query);
        Target = Query;
        QueryArgument.Require(given);
        Attempt(Query!, () =>
        {
            FeatureMatrix query = QueryArgument.ToMatrix(given, _count);
            WriteObject(Run(options => Index!.Search(query, _search, options)));
        });
        _count++;
    }

    private RowSelection? Filter() => Label is null && Camera is null && Name is null && Row is null && !Exclude
        ? null
        : new RowSelection { Labels = Label, Cameras = Camera, Names = Name, Indices = Row, Exclude = Exclude };
}
