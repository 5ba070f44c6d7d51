using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>
/// Learns a transform of features, to be applied to these and others: centring by camera, principal components,
/// whitening.
/// </summary>
/// <remarks>
/// <para>
/// All matrices of the call are learned from together: query and gallery, or the gallery alone where queries come
/// later. Convert-FeatureMatrix -Transform applies the result, and Export-FeatureTransform keeps it.
/// Convert-FeatureMatrix alone does both steps in one.
/// </para>
/// <para>
/// A transform holds the mean of each camera and the principal components: matrices of cameras that it did not see are
/// refused, unless Convert-FeatureMatrix -AllowUnknownCamera centres such rows by the mean of all.
/// </para>
/// </remarks>
/// <example>
/// <title>Learn from the gallery, apply to both</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $transform = New-FeatureTransform $gallery -Pca 32 -Whiten
/// $query, $gallery | Convert-FeatureMatrix -Transform $transform | Search-FeatureMatrix | Measure-RetrievalAccuracy</code>
/// <para>Keeps 32 whitened principal components of the gallery.</para>
/// </example>
/// <example>
/// <title>How much do components keep?</title>
/// <code>$gallery = Import-FeatureMatrix -Example -Set Gallery
/// 8, 16, 32 | ForEach-Object { New-FeatureTransform $gallery -Pca $_ } | Select-Object Components, ExplainedVariance</code>
/// <para>Shows the share of the variance that each number of components holds.</para>
/// </example>
/// <example>
/// <title>The means of cameras</title>
/// <code>$images = 1..12 | ForEach-Object { [pscustomobject]@{ Cam = $_ % 3; Embedding = 1, ($_ % 3), $_ } }
/// $transform = $images | ConvertTo-FeatureMatrix Embedding -Camera Cam | New-FeatureTransform -CenterCamera
/// $transform.Cameras
/// $transform.GetCameraMean(2)</code>
/// <para>Shows which cameras a transform knows, and the mean row of one.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "FeatureTransform", DefaultParameterSetName = LearnSet)]
[OutputType(typeof(FeatureTransform))]
public sealed class NewFeatureTransformCommand : TransformCommand
{
    private readonly List<FeatureMatrix> _matrices = [];

    /// <summary>The matrices to learn from.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [MatrixNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[] InputObject { get; set; } = [];

    private protected override void Process() => _matrices.AddRange(InputObject);

    private protected override void End()
    {
        if (_matrices.Count == 0)
        {
            return;
        }

        FeatureTransform transform = Learn(_matrices);
        int alone = transform.CameraRowCounts?.Count(count => count == 1) ?? 0;
        if (alone > 0)
        {
            WriteWarning($"{alone:N0} of {transform.Cameras!.Count:N0} cameras had one row: such a row is its " +
                "camera's mean, and centring leaves zeros of it, which match nothing.");
        }

        WriteObject(transform);
    }
}
