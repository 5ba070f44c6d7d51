using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Averages the rows of a matrix that belong together: multi-query features, tracklets, several crops of one image.</summary>
/// <remarks>
/// <para>
/// Each group of rows becomes one: those of the same label and camera, as in the multi-query setting of Market-1501, of the same label, or
/// of the same name. Rows are divided by their L2 norm first, so that each weighs the same, and then averaged; the mean is not
/// normalised again, since cosines do not depend on its length. -NoNormalize averages the values as they are.
/// </para>
/// <para>
/// Groups stand in the order of their first rows, and keep the label, the camera and the name of these. Rows labelled -1 (junk) stay
/// rows of their own, and so do rows without a name where groups go by name. By label alone a group has several cameras, so the result has
/// none. The result is float32 and keeps role and source.
/// </para>
/// </remarks>
/// <example>
/// <title>Multi-query</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $merged = $query | Merge-FeatureMatrix
/// Invoke-GnnReRank $merged $gallery | Measure-RetrievalAccuracy</code>
/// <para>Makes one query of all images of a person under a camera.</para>
/// </example>
/// <example>
/// <title>Prototypes of identities</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $prototypes = $gallery | Merge-FeatureMatrix -By Label
/// Search-FeatureMatrix $query $prototypes | Measure-RetrievalAccuracy</code>
/// <para>Describes each identity of the gallery by one row, whatever the camera.</para>
/// </example>
/// <example>
/// <title>Several crops of an image</title>
/// <code>$crops = 1..6 | ForEach-Object { [pscustomobject]@{ File = "cat$($_ % 3).jpg"; Embedding = 1, $_, ($_ * $_) } }
/// $crops | ConvertTo-FeatureMatrix -Property Embedding -Name File | Merge-FeatureMatrix -By Name -NoNormalize</code>
/// <para>Averages the rows of each name, as long as they are.</para>
/// </example>
[Cmdlet(VerbsData.Merge, "FeatureMatrix")]
[OutputType(typeof(FeatureMatrix))]
public sealed class MergeFeatureMatrixCommand : GnnReRankCommand
{
    /// <summary>The matrices whose rows to average. Each gives one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [MatrixNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[] InputObject { get; set; } = [];

    /// <summary>What makes a group: the label, the label and the camera, or the name.</summary>
    [Parameter]
    [PSDefaultValue(Help = "LabelAndCamera where cameras are known, else Label")]
    public FeatureGrouping? By { get; set; }

    /// <summary>Average the values as they are, without dividing each row by its L2 norm first.</summary>
    [Parameter]
    public SwitchParameter NoNormalize { get; set; }

    private protected override void Process()
    {
        foreach (FeatureMatrix matrix in InputObject)
        {
            Target = matrix;
            FeatureMatrix merged = Run(compute => FeatureMerger.Merge(matrix, By, !NoNormalize, compute));
            WriteVerbose($"Averaged {matrix} to {merged}.");
            WriteObject(merged);
        }
    }
}
