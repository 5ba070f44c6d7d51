using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Centres features by camera, takes their principal components, whitens them.</summary>
/// <remarks>
/// <para>
/// -CenterCamera subtracts the mean of its camera from each row: what cameras do to features is no longer taken for
/// likeness. Of all that is done to features where cameras are known, it brings most. -Pca keeps the directions in
/// which rows vary most, and -Whiten lets each direction count alike. The steps go in this order, whichever are asked
/// for; rows are divided by their L2 norm before, between and after.
/// </para>
/// <para>
/// The steps are learned from all matrices of the call together, query and gallery, or from those of -LearnFrom, or
/// they come with -Transform: New-FeatureTransform learns one, to be kept and applied to whatever comes later. Each
/// matrix gives one, of float32, with its role, labels, cameras, names and source.
/// </para>
/// <para>
/// A row that is the only one of its camera is its camera's mean, and nothing is left of it: it becomes zeros, which
/// match nothing, and a warning says how many did. Sums are taken in float64 and in a fixed order, so the result does
/// not depend on the number of threads.
/// </para>
/// </remarks>
/// <example>
/// <title>Centre query and gallery by camera</title>
/// <code>$images = 1..40 | ForEach-Object { [pscustomobject]@{ Id = $_ % 5; Cam = $_ % 2; Embedding = ($_ % 5), ($_ % 3), (3 * ($_ % 2)), 1 } }
/// $query = $images[0..9] | ConvertTo-FeatureMatrix Embedding -Label Id -Camera Cam -Role Query
/// $gallery = $images[10..39] | ConvertTo-FeatureMatrix Embedding -Label Id -Camera Cam -Role Gallery
/// $query, $gallery | Convert-FeatureMatrix -CenterCamera | Search-FeatureMatrix | Measure-RetrievalAccuracy</code>
/// <para>
/// Learns the means of both sets together, and ranks what is left; Search-FeatureMatrix -CenterCamera does the same in
/// one step.
/// </para>
/// </example>
/// <example>
/// <title>Fewer columns</title>
/// <code>Import-FeatureMatrix -Example | Convert-FeatureMatrix -Pca 24 | Invoke-GnnReRank | Measure-RetrievalAccuracy</code>
/// <para>Keeps 24 principal components of the 64 columns.</para>
/// </example>
/// <example>
/// <title>Queries that come later</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $transform = New-FeatureTransform $gallery -Pca 32 -Whiten
/// $gallery | Convert-FeatureMatrix -Transform $transform | Export-FeatureMatrix whitened.parquet -Force
/// $later = $query | Convert-FeatureMatrix -Transform $transform</code>
/// <para>Learns from the gallery alone, and applies the same to queries.</para>
/// </example>
[Cmdlet(VerbsData.Convert, "FeatureMatrix", DefaultParameterSetName = LearnSet)]
[OutputType(typeof(FeatureMatrix))]
public sealed class ConvertFeatureMatrixCommand : TransformCommand
{
    private const string TransformSet = "Transform";

    private readonly List<FeatureMatrix> _matrices = [];

    /// <summary>The matrices to convert. Each gives one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [MatrixNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[] InputObject { get; set; } = [];

    /// <summary>What to do: a transform of New-FeatureTransform or Import-FeatureTransform.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TransformSet)]
    [TransformNeeded]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public FeatureTransform? Transform { get; set; }

    /// <summary>The matrices to learn from.</summary>
    [Parameter(ParameterSetName = LearnSet)]
    [Alias("From")]
    [ValidateNotNullOrEmpty]
    [MatrixNeeded]
    [PSDefaultValue(Help = "all that are converted, together")]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[]? LearnFrom { get; set; }

    /// <summary>
    /// Centre rows of a camera that was not learned by the mean of all rows that were, instead of failing.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowUnknownCamera { get; set; }

    private protected override void Process()
    {
        if (Transform is null)
        {
            _matrices.AddRange(InputObject);
            return;
        }

        foreach (FeatureMatrix matrix in InputObject)
        {
            Convert(Transform, matrix);
        }
    }

    private protected override void End()
    {
        if (_matrices.Count == 0)
        {
            return;
        }

        FeatureTransform transform = Learn(LearnFrom ?? [.. _matrices]);
        foreach (FeatureMatrix matrix in _matrices)
        {
            Convert(transform, matrix);
        }
    }

    private void Convert(FeatureTransform transform, FeatureMatrix matrix)
    {
        Target = matrix;
        FeatureMatrix converted = Run(
            options => FeatureTransformer.Apply(transform, matrix, AllowUnknownCamera, options));
        WriteVerbose($"Converted {matrix} to {converted}.");
        WriteObject(converted);
    }
}
