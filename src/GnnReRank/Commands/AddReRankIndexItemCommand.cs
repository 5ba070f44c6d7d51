using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Adds rows to an index, at the end of its gallery.</summary>
/// <remarks>
/// <para>
/// The index is then what building it of all rows would give, in a small part of the time: only the neighbour lists that the new rows
/// enter are made anew. The object itself changes, for everyone who has it; searches that run meanwhile go on by the index as it was
/// when they began. Where rows do not fit, or the call is stopped, the index is as it was.
/// </para>
/// <para>
/// Rows come as matrices, with labels, cameras and names where the gallery has them. One matrix of many rows is faster than many of one.
/// A file of Export-ReRankIndex does not change: export again.
/// </para>
/// </remarks>
/// <example>
/// <title>New images</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $index = $gallery | Select-FeatureMatrix -First 1400 | New-ReRankIndex
/// $gallery | Select-FeatureMatrix -First 1400 -Index (0..1399) -Exclude | Add-ReRankIndexItem $index
/// $index.RowCount</code>
/// <para>Makes an index of the first rows of a gallery, and adds the others.</para>
/// </example>
/// <example>
/// <title>Objects with features</title>
/// <code>$images = 1..20 | ForEach-Object { [pscustomobject]@{ File = "$_.jpg"; Embedding = 1, $_, ($_ * $_) } }
/// $index = $images | ConvertTo-FeatureMatrix Embedding -Name File | New-ReRankIndex -Method Cosine
/// [pscustomobject]@{ File = 'new.jpg'; Embedding = 3, 1, 4 } | ConvertTo-FeatureMatrix Embedding -Name File | Add-ReRankIndexItem $index
/// Search-ReRankIndex $index (3, 1, 4) -Top 1 | Expand-Ranking</code>
/// <para>Adds one image, with its name, and finds it.</para>
/// </example>
/// <example>
/// <title>See what would be added</title>
/// <code>$gallery = Import-FeatureMatrix -Example -Set Gallery
/// $index = $gallery | New-ReRankIndex -Method Cosine
/// $gallery | Select-FeatureMatrix -First 2 | Add-ReRankIndexItem $index -WhatIf</code>
/// <para>Says what would happen, and adds nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.Add, "ReRankIndexItem", SupportsShouldProcess = true)]
[OutputType(typeof(ReRankIndex))]
public sealed class AddReRankIndexItemCommand : IndexChangeCommand
{
    /// <summary>The rows to add. Each matrix is added whole or not at all.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [MatrixNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix? InputObject { get; set; }

    private protected override void Process() => Attempt(InputObject!, () =>
        Change($"Add {InputObject}", options => Index!.Add(InputObject!, options)));
}
