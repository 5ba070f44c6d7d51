using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Removes rows from an index, by their numbers or their names.</summary>
/// <remarks>
/// <para>
/// The index is then what building it of the other rows would give, in a small part of the time. The rows behind move up, so numbers are
/// counted anew after each removal; all that come through the pipeline are removed together. The object itself changes, for everyone who
/// has it; searches that run meanwhile go on by the index as it was when they began.
/// </para>
/// <para>
/// Removed rows keep their room in memory until the index is written by Export-ReRankIndex and read again.
/// </para>
/// </remarks>
/// <example>
/// <title>By their numbers</title>
/// <code>$index = Import-FeatureMatrix -Example -Set Gallery | New-ReRankIndex
/// Remove-ReRankIndexItem $index -Row 3, 14, 15 -PassThru</code>
/// <para>Removes three rows and shows the index.</para>
/// </example>
/// <example>
/// <title>By their names</title>
/// <code>$index = Import-FeatureMatrix -ExampleName Emoji -Set Gallery | New-ReRankIndex
/// Remove-ReRankIndexItem $index -Name 'twitter/*', '*_sunflower.*' -Verbose</code>
/// <para>Removes the drawings of one maker, and all sunflowers.</para>
/// </example>
/// <example>
/// <title>What is there already</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $index = $gallery | New-ReRankIndex -Method Cosine
/// $query | Search-ReRankIndex $index -Top 3 -MinimumScore 0.99 | Expand-Ranking | Remove-ReRankIndexItem $index -WhatIf</code>
/// <para>Says which rows would go for being too much like a query. The numbers are the property GalleryIndex of what Expand-Ranking gives.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "ReRankIndexItem", DefaultParameterSetName = RowSet, SupportsShouldProcess = true)]
[OutputType(typeof(ReRankIndex))]
public sealed class RemoveReRankIndexItemCommand : IndexChangeCommand
{
    private const string RowSet = "Row";
    private const string NameSet = "Name";

    private readonly List<int> _rows = [];

    /// <summary>The rows to remove, by their 0-based numbers; also as the property GalleryIndex of objects of the pipeline.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RowSet)]
    [Alias("GalleryIndex")]
    [ValidateNotNullOrEmpty]
    [RowNumbersNeeded]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int[] Row { get; set; } = [];

    /// <summary>The rows to remove, by their names, without regard to case. Wildcards *, ? and [a-z] are welcome.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    private protected override void Process() => _rows.AddRange(Row);

    private protected override void End()
    {
        Target = Index;
        if (Name is string[] names)
        {
            Change(
                $"Remove rows named {string.Join(", ", names)}",
                options => Index!.Remove(new RowSelection { Names = names }, options));
        }
        else if (_rows.Distinct().Count() is int count and > 0)
        {
            Change($"Remove {count:N0} rows", options => Index!.Remove(_rows, options));
        }

        base.End();
    }
}
