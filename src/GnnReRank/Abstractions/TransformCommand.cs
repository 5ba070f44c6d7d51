using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that learns what is to be done to features.</summary>
public abstract class TransformCommand : ComputeCommand
{
    private protected const string LearnSet = "Learn";

    private protected TransformCommand()
    {
    }

    /// <summary>
    /// Subtract the mean of its camera from each row: what is special to a camera goes, and what is special to an image
    /// stays.
    /// </summary>
    [Parameter(ParameterSetName = LearnSet)]
    public SwitchParameter CenterCamera { get; set; }

    /// <summary>Keep so many principal components: the directions in which the rows vary most.</summary>
    [Parameter(ParameterSetName = LearnSet)]
    [Alias("Components")]
    [PSDefaultValue(Help = "none: the columns stay; with -Whiten all in which the rows vary")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Pca { get; set; }

    /// <summary>
    /// Divide each principal component by its standard deviation, so that none counts for more than another.
    /// </summary>
    [Parameter(ParameterSetName = LearnSet)]
    public SwitchParameter Whiten { get; set; }

    /// <summary>
    /// With -Whiten: the share of the mean variance in what each component is divided by, 0 to 1. 0 makes all variances
    /// equal, and lets components that are noise count as much as any; 1 changes no direction.
    /// </summary>
    [Parameter(ParameterSetName = LearnSet)]
    [PSDefaultValue(Value = FeatureTransformOptions.UsualShrinkage)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public double Shrinkage { get; set; } = FeatureTransformOptions.UsualShrinkage;

    /// <summary>
    /// Take the values as they are, and leave them so, without dividing each row by its L2 norm at the start, after the
    /// centring and at the end.
    /// </summary>
    [Parameter(ParameterSetName = LearnSet)]
    public SwitchParameter NoNormalize { get; set; }

    /// <summary>Refuses steps that are none before any matrix is looked at.</summary>
    private protected override void Begin()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Shrinkage)) && !Whiten)
        {
            throw Errors.WhitenNeeded();
        }

        if (ParameterSetName == LearnSet && !CenterCamera && !Whiten && Pca is null)
        {
            throw Errors.NoTransformSteps();
        }
    }

    /// <summary>Learns of the rows of all matrices together.</summary>
    private protected FeatureTransform Learn(IReadOnlyList<FeatureMatrix> matrices)
    {
        Target = matrices.ToArray();
        FeatureTransformOptions steps = new()
        {
            Normalize = !NoNormalize,
            CenterCamera = CenterCamera,
            Components = Pca,
            Whiten = Whiten,
            Shrinkage = Shrinkage,
        };
        FeatureTransform transform = Run(options => FeatureTransformer.Learn(matrices, steps, options));
        WriteVerbose($"Learned a {transform}, from {transform.RowCount:N0} rows.");
        return transform;
    }
}
