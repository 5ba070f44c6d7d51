using GnnReRank.Compute.Jobs;

namespace GnnReRank;

/// <summary>
/// The parameters of diffusion with restart over few neighbours: the default method. Vertices are queries and gallery
/// rows, s their cosine, d = max(2 - 2 s, 0), scale_i the distance of i to its <see cref="ScaleNeighbors"/>-th nearest
/// row.
/// </summary>
/// <remarks>
/// w_ij = exp(-d_ij / (a scale_i)) from each row to its k nearest, from a query to its k nearest gallery rows; W = (w +
/// w^T) / 2, S~ = D^-1/2 W D^-1/2 with D the row sums of W. From F = e_q, T times F &lt;- (1 - restart) F S~ + restart
/// e_q. A gallery row scores s + scale_q / (2 b) log(1 + n F / c), which orders rows as log(F + c / n) - b d / scale_q
/// does.
/// </remarks>
public sealed record DiffusionSettings : MethodSettings
{
    // Scores are divided by it: below, they outgrow float32.
    private const double LeastDistanceWeight = 1e-6;

    /// <inheritdoc/>
    public override string Method => "Diffusion";

    /// <summary>k: nearest rows that each row has edges to, the row itself not counted.</summary>
    [MethodParameter("k", Minimum = 1, CountsRows = true)]
    public int Neighbors { get; init; } = 5;

    /// <summary>1 - alpha: the share that each step gives back to the query.</summary>
    [MethodParameter("restart", Minimum = 0, Maximum = 1)]
    public double Restart { get; init; } = 0.1;

    /// <summary>T: steps of the walk; rows further away are not reached.</summary>
    [MethodParameter("steps", Minimum = 1, Maximum = 10_000)]
    public int Steps { get; init; } = 12;

    /// <summary>K: the place in a row's list, the row itself not counted, whose distance is the row's scale.</summary>
    [MethodParameter("scale", Minimum = 1, CountsRows = true)]
    public int ScaleNeighbors { get; init; } = 20;

    /// <summary>a: the share of the scale over which an edge loses weight.</summary>
    [MethodParameter("width", Minimum = 0.001, Maximum = 1000, Unset = "0.25, or 0.2 where cameras are used")]
    public double? EdgeWidth { get; init; }

    /// <summary>b: how much the distance to the query counts beside the walk; 0 leaves the walk alone.</summary>
    [MethodParameter("b", Minimum = 0, Maximum = 1_000_000)]
    public double DistanceWeight { get; init; } = 1.7;

    /// <summary>c: what a row has before the walk comes to it, as a multiple of 1 / n.</summary>
    [MethodParameter("c", Minimum = 1e-6, Maximum = 1_000_000)]
    public double Floor { get; init; } = 1;

    /// <summary>
    /// Whether edges go by camera: to <see cref="OwnCameraNeighbors"/> rows of a row's own camera and
    /// <see cref="OtherCameraNeighbors"/>
    /// of others, the latter <see cref="OtherCameraFactor"/> times as heavy, in place of the nearest of all. Every
    /// row's camera must be known.
    /// </summary>
    [MethodParameter("cameras")]
    public bool UseCameras { get; init; }

    /// <summary>Nearest rows of its own camera that a row has edges to, where cameras are used.</summary>
    [MethodParameter("own", Minimum = 0, CountsRows = true)]
    public int OwnCameraNeighbors { get; init; } = 2;

    /// <summary>Nearest rows of other cameras that a row has edges to, where cameras are used.</summary>
    [MethodParameter("other", Minimum = 1, CountsRows = true)]
    public int OtherCameraNeighbors { get; init; } = 4;

    /// <summary>How much heavier an edge to another camera is, where cameras are used.</summary>
    [MethodParameter("factor", Minimum = 0.001, Maximum = 1000)]
    public double OtherCameraFactor { get; init; } = 2;

    /// <summary>a with its default filled in.</summary>
    public double EffectiveEdgeWidth => EdgeWidth ?? (UseCameras ? 0.2 : 0.25);

    /// <inheritdoc/>
    public override bool UsesCameras => UseCameras;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(
            DistanceWeight is 0 or >= LeastDistanceWeight, "InvalidDistanceWeight",
            FormattableString.Invariant(
                $"DistanceWeight (b) of {Method} is {DistanceWeight}: it must be 0, or at least {LeastDistanceWeight}."));
    }

    /// <inheritdoc/>
    public override MethodSettings FitTo(int vertexCount)
    {
        Validate();
        int others = Math.Max(1, vertexCount - 1);
        return this with
        {
            Neighbors = Math.Min(Neighbors, others),
            ScaleNeighbors = Math.Min(ScaleNeighbors, others),
            OwnCameraNeighbors = Math.Min(OwnCameraNeighbors, others),
            OtherCameraNeighbors = Math.Min(OtherCameraNeighbors, others),
        };
    }

    /// <summary>What is seldom changed is told where it was.</summary>
    private protected override string Describe()
    {
        DiffusionSettings defaults = new();
        return FormattableString.Invariant($"{Method} k={Neighbors} restart={Restart:0.###} steps={Steps}") +
            Word("scale", ScaleNeighbors, defaults.ScaleNeighbors) +
            Word("width", EdgeWidth ?? defaults.EffectiveEdgeWidth, defaults.EffectiveEdgeWidth) +
            Word("b", DistanceWeight, defaults.DistanceWeight) +
            Word("c", Floor, defaults.Floor) +
            (UseCameras ? DescribeCameras() : string.Empty);
    }

    private static string Word(string symbol, double value, double usual) =>
        value == usual ? string.Empty : FormattableString.Invariant($" {symbol}={value:0.###}");

    private string DescribeCameras() => FormattableString.Invariant(
        $" cameras own={OwnCameraNeighbors} other={OtherCameraNeighbors} factor={OtherCameraFactor:0.###}");

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new DiffusionReRanker(this, backend);
}
