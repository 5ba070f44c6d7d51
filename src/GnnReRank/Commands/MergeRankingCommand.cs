using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Makes one ranking of several of the same queries and gallery.</summary>
/// <remarks>
/// <para>
/// ReciprocalRank adds, for each image, weight / (k + rank) over the lists that hold it, with ranks from 1 and k = 60: scores do not
/// matter, so rankings of any kind fit. MinMax and ZScore add weighted scores that are brought to one scale first, query by query and
/// list by list: (score - min) / (max - min), or (score - mean) / standard deviation of the population. An image that a list does
/// not hold gets what the lowest score of that list gets, which is 0 for MinMax. Where all scores of a list are equal, MinMax takes 1 and
/// ZScore 0 for each. Infinite scores of an imported run count as the highest or lowest of the others.
/// </para>
/// <para>
/// The result holds, for each query, the images of all its lists. Sums are rounded to float32; the order is that of these scores, ties by
/// gallery index. Lists may be cut, and of different lengths, as of Import-Ranking.
/// </para>
/// </remarks>
/// <example>
/// <title>Two models</title>
/// <code>$first = Import-FeatureMatrix -Example | Search-FeatureMatrix
/// $second = Import-FeatureMatrix -Example | Invoke-GnnReRank
/// $first, $second | Merge-Ranking | Measure-RetrievalAccuracy</code>
/// <para>Fuses two rankings by reciprocal ranks, and measures the result.</para>
/// </example>
/// <example>
/// <title>Weighted scores</title>
/// <code>$sets = Import-FeatureMatrix -Example
/// $cosine = $sets | Search-FeatureMatrix
/// $gnn = $sets | Invoke-GnnReRank
/// Merge-Ranking $cosine, $gnn -Fusion MinMax -Weight 0.3, 0.7 -Top 50</code>
/// <para>Adds 0.3 of the cosine and 0.7 of the re-ranked scores, each brought to 0 to 1, and keeps fifty images a query.</para>
/// </example>
/// <example>
/// <title>Does fusion help?</title>
/// <code>$sets = Import-FeatureMatrix -Example
/// $rankings = @($sets | Search-FeatureMatrix) + @(20, 26 | ForEach-Object { $sets | Invoke-GnnReRank -K1 $_ })
/// $merged = $rankings | Merge-Ranking -Fusion ZScore
/// Compare-RetrievalAccuracy $rankings[1] $merged</code>
/// <para>Merges three rankings and compares the result with one of them.</para>
/// </example>
[Cmdlet(VerbsData.Merge, "Ranking")]
[OutputType(typeof(Ranking))]
public sealed class MergeRankingCommand : ComputeCommand
{
    private readonly List<Ranking> _rankings = [];

    /// <summary>The rankings to merge, in a list or through the pipeline: two or more, of the same query and gallery images.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [RankingNeeded]
    [ArgumentCompleter(typeof(RankingCompleter))]
    public Ranking[] InputObject { get; set; } = [];

    /// <summary>How they are merged: by reciprocal ranks, or by the sum of scores that are scaled to 0 to 1 (MinMax) or to mean 0 and deviation 1 (ZScore).</summary>
    [Parameter]
    [PSDefaultValue(Value = RankingFusion.ReciprocalRank)]
    public RankingFusion Fusion { get; set; }

    /// <summary>A weight for each ranking, in their order, from 0, which leaves it out. All weigh 1, unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "1 for each")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public double[]? Weight { get; set; }

    /// <summary>k of reciprocal rank fusion: the larger, the less the first ranks count for.</summary>
    [Parameter]
    [Alias("K")]
    [PSDefaultValue(Value = RankingMergeOptions.UsualRankConstant)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public double RankConstant { get; set; } = RankingMergeOptions.UsualRankConstant;

    /// <summary>How many ranks of each merged list to keep, best first. All, unless given.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Top { get; set; }

    private protected override void Begin() => CheckTop(Top);

    private protected override void Process() => _rankings.AddRange(InputObject);

    private protected override void End()
    {
        Target = _rankings.ToArray();
        WriteObject(Run(compute => RankingMerger.Merge(_rankings, new RankingMergeOptions
        {
            Fusion = Fusion,
            Weights = Weight,
            RankConstant = RankConstant,
            Top = Top,
            Compute = compute,
        })));
    }
}
