using System.Diagnostics;
using System.Globalization;
using GnnReRank.Transforming;

namespace GnnReRank;

/// <summary>
/// What <see cref="FeatureTransformer.Learn"/> found of some matrices, and <see cref="FeatureTransformer.Apply"/> does
/// to these and to others. Immutable.
/// </summary>
/// <remarks>
/// The steps, in this order: each row is divided by its L2 norm; the mean of its camera is subtracted, and the row
/// divided by its norm again; principal components are taken; each is divided by its standard deviation; the row is
/// divided by its norm.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FeatureTransform
{
    internal FeatureTransform(
        FeatureTransformOptions options, int dimension, int rowCount, CameraMeans? means,
            PrincipalComponents? components)
    {
        Options = options;
        CameraRowCounts = means is null ? null : new ResultList<int>(means.RowCounts);
        Dimension = dimension;
        RowCount = rowCount;
        Means = means;
        Principal = components;
        Cameras = means is null ? null : new ResultList<int>(means.Cameras);
        Variances = components is null ? null : new ResultList<double>(components.Variances.ToArray());
    }

    /// <summary>The number of columns of the matrices that it takes.</summary>
    public int Dimension { get; }

    /// <summary>The number of columns of the matrices that it gives.</summary>
    public int OutputDimension => Principal?.Count ?? Dimension;

    /// <summary>The number of rows that it was learned from.</summary>
    public int RowCount { get; }

    /// <summary>The cameras whose means are subtracted, ascending; null where none are.</summary>
    public IReadOnlyList<int>? Cameras { get; }

    /// <summary>How many rows each of <see cref="Cameras"/> had; null where none are centred.</summary>
    public IReadOnlyList<int>? CameraRowCounts { get; }

    /// <summary>
    /// The variance of the rows along each principal component, descending; null where no components are taken.
    /// </summary>
    public IReadOnlyList<double>? Variances { get; }

    /// <summary>The share of all variance that lies along the components; null where none are taken.</summary>
    public double? ExplainedVariance =>
        Principal is null ? null : Math.Min(1, Principal.Variances.ToArray().Sum() / Principal.TotalVariance);

    /// <summary>Whether the mean of its camera is subtracted from each row.</summary>
    public bool CenterCamera => Means is not null;

    /// <summary>The number of principal components; null where none are taken.</summary>
    public int? Components => Principal?.Count;

    /// <summary>Whether each component is divided by its standard deviation.</summary>
    public bool Whiten => Options.Whiten;

    /// <summary>The share of the mean variance in what components are divided by; null where they are not.</summary>
    public double? Shrinkage => Whiten ? Options.Shrinkage : null;

    /// <summary>Whether rows are divided by their L2 norm.</summary>
    public bool Normalize => Options.Normalize;

    /// <summary>The steps, for people.</summary>
    public string Steps => string.Join(", ", Described());

    internal FeatureTransformOptions Options { get; }

    internal CameraMeans? Means { get; }

    internal PrincipalComponents? Principal { get; }

    /// <summary>One principal component: <see cref="Dimension"/> values, a direction of length 1.</summary>
    /// <param name="index">0-based component.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such component.</exception>
    public double[] GetComponent(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Principal?.Count ?? 0);
        return Principal!.Component(index).ToArray();
    }

    /// <summary>The mean row of one camera: <see cref="Dimension"/> values.</summary>
    /// <param name="camera">One of <see cref="Cameras"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The camera is none of them.</exception>
    public double[] GetCameraMean(int camera) => Means?.Knows(camera) == true
        ? Means.Of(camera).ToArray()
        : throw new ArgumentOutOfRangeException(nameof(camera), camera, "The transform did not learn the camera.");

    /// <summary>A line for people: the steps and the sizes.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"transform {Dimension:N0} -> {OutputDimension:N0}: {Steps}");

    private List<string> Described()
    {
        List<string> steps = [];
        if (Means is not null)
        {
            steps.Add(string.Create(CultureInfo.InvariantCulture, $"{Means.Cameras.Length:N0} cameras centred"));
        }

        if (Principal is not null)
        {
            steps.Add(string.Create(
                CultureInfo.InvariantCulture,
                    $"{Principal.Count:N0} principal components ({ExplainedVariance:P1} of the variance)"));
        }

        if (Options.Whiten)
        {
            steps.Add(
                string.Create(CultureInfo.InvariantCulture, $"whitened with shrinkage {Options.Shrinkage:0.####}"));
        }

        steps.Add(Options.Normalize ? "normalised" : "not normalised");
        return steps;
    }
}
