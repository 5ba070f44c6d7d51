using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Reads a transform of features from a file of Export-FeatureTransform.</summary>
/// <remarks>
/// <para>
/// A file that was cut short or changed is refused, by its checksum, and so is one of a later version.
/// </para>
/// </remarks>
/// <example>
/// <title>Use a transform again</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// New-FeatureTransform $gallery -Pca 32 | Export-FeatureTransform kept.transform -Force
/// $transform = Import-FeatureTransform kept.transform
/// $query, $gallery | Convert-FeatureMatrix -Transform $transform | Search-FeatureMatrix</code>
/// <para>Applies a transform that was learned earlier.</para>
/// </example>
/// <example>
/// <title>See what a file does</title>
/// <code>Import-FeatureMatrix -Example | New-FeatureTransform -Pca 8 -Whiten | Export-FeatureTransform small.transform -Force
/// Get-Item small.transform | Import-FeatureTransform | Format-List</code>
/// <para>Shows the steps and the sizes.</para>
/// </example>
/// <example>
/// <title>The first component</title>
/// <code>Import-FeatureMatrix -Example | New-FeatureTransform -Pca 8 | Export-FeatureTransform eight.transform -Force
/// $transform = Import-FeatureTransform eight.transform
/// $transform.Variances[0]
/// $transform.GetComponent(0)</code>
/// <para>Reads the direction in which the rows vary most, and their variance along it.</para>
/// </example>
[Cmdlet(VerbsData.Import, "FeatureTransform")]
[OutputType(typeof(FeatureTransform))]
public sealed class ImportFeatureTransformCommand : GnnReRankCommand
{
    /// <summary>The .transform file, taken literally; relative to the current location.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath", "PSPath", "FullName")]
    public string Path { get; set; } = string.Empty;

    private protected override void Process() => Attempt(Path, () =>
    {
        string path = SessionPaths.Literal(this, Path);
        FeatureTransform transform = Run(_ => FeatureTransformFile.Read(path));
        WriteVerbose($"Read a {transform} from '{path}'.");
        WriteObject(transform);
    });
}
