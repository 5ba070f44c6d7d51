using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Writes a transform of features to a file.</summary>
/// <remarks>
/// <para>
/// The file ends in .transform. It holds the means of the cameras and the principal components in float64, and a
/// checksum of all its bytes. It is written beside its place and renamed, so a failure leaves what was there. A file
/// that is there already is replaced only with -Force.
/// </para>
/// </remarks>
/// <example>
/// <title>Keep a transform</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | New-FeatureTransform -Pca 32 | Export-FeatureTransform digits.transform -Force
/// Import-FeatureMatrix -Example -Set Query | Convert-FeatureMatrix -Transform (Import-FeatureTransform digits.transform)</code>
/// <para>Learns from a gallery, and applies it to queries in another session.</para>
/// </example>
/// <example>
/// <title>Replace one</title>
/// <code>$gallery = Import-FeatureMatrix -Example -Set Gallery
/// New-FeatureTransform $gallery -Pca 16 | Export-FeatureTransform kept.transform -Force
/// New-FeatureTransform $gallery -Pca 24 | Export-FeatureTransform kept.transform -Force -PassThru</code>
/// <para>Writes a file, replaces it, and gives the new one as an object.</para>
/// </example>
/// <example>
/// <title>See what would be written</title>
/// <code>Import-FeatureMatrix -Example | New-FeatureTransform -Whiten | Export-FeatureTransform digits.transform -WhatIf</code>
/// <para>Says what would happen, and writes nothing.</para>
/// </example>
[Cmdlet(VerbsData.Export, "FeatureTransform", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFeatureTransformCommand : ExportCommand
{
    private FeatureTransform? _transform;

    /// <summary>The transform to write.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [TransformNeeded]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public FeatureTransform? InputObject { get; set; }

    private protected override void Process()
    {
        Target = Path;
        _transform = _transform is null ? InputObject : throw Errors.SeveralForOneFile("transform", Path);
    }

    private protected override void End()
    {
        if (_transform is FeatureTransform transform)
        {
            string path = SessionPaths.Literal(this, Path);
            Export(transform.ToString(), [path], _ => FeatureTransformFile.Write(path, transform, Force));
        }
    }
}
