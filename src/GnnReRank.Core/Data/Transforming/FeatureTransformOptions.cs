namespace GnnReRank;

/// <summary>Which steps a <see cref="FeatureTransform"/> has, in the order in which they stand here.</summary>
public sealed record FeatureTransformOptions
{
    /// <summary>
    /// The share of the mean variance in each variance that whitening divides by, unless another is given.
    /// </summary>
    public const double UsualShrinkage = 0.5;

    /// <summary>
    /// Whether each row is divided by its L2 norm at the start, after the centring, and at the end. Cosines divide by
    /// it anyway; false takes the values as they are.
    /// </summary>
    public bool Normalize { get; init; } = true;

    /// <summary>Whether the mean of its camera is subtracted from each row.</summary>
    public bool CenterCamera { get; init; }

    /// <summary>
    /// The number of principal components to keep; null keeps the columns as they are, or with <see cref="Whiten"/> all
    /// components.
    /// </summary>
    public int? Components { get; init; }

    /// <summary>Whether each principal component is divided by its standard deviation.</summary>
    public bool Whiten { get; init; }

    /// <summary>
    /// s, 0 to 1: whitening divides by the root of (1 - s) v + s m, v being the component's variance and m the mean
    /// variance of a column. 0 makes all variances 1; 1 changes no direction.
    /// </summary>
    public double Shrinkage { get; init; } = UsualShrinkage;

    /// <summary>Whether principal components are taken.</summary>
    internal bool HasComponents => Whiten || Components is not null;

    /// <exception cref="GnnReRankException">A number is out of its range.</exception>
    internal void Validate()
    {
        if (Components < 1)
        {
            throw new GnnReRankException(
                "InvalidComponents", ErrorKind.InvalidArgument,
                $"Pca is {Components}: it is the number of principal components to keep, so it must be at least 1.");
        }

        if (!(Shrinkage >= 0 && Shrinkage <= 1))
        {
            throw new GnnReRankException(
                "InvalidShrinkage", ErrorKind.InvalidArgument,
                $"Shrinkage is {Shrinkage}: it is the share of the mean variance in each, so it must lie between 0 " +
                    "and 1.");
        }
    }
}
