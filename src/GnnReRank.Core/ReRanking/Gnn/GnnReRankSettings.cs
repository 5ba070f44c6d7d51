using GnnReRank.Compute.Jobs;

namespace GnnReRank;

/// <summary>The parameters of GNN re-ranking (Zhang et al., arXiv 2012.07620).</summary>
public sealed record GnnReRankSettings : MethodSettings
{
    /// <summary>The paper's k1 for Market-1501.</summary>
    public const int DefaultK1 = 26;

    /// <summary>The paper's k2 for Market-1501.</summary>
    public const int DefaultK2 = 7;

    /// <summary>The lambda of the published code.</summary>
    public const double ReferenceLambda = 0.3;

    private readonly int? _k1;
    private readonly int? _k2;
    private readonly bool _isAutomatic;

    /// <inheritdoc/>
    public override string Method => "GNN";

    /// <summary>k1: neighbours a vertex in the adjacency matrix A, itself included. At least 1.</summary>
    [MethodParameter(
        "k1", Name = "NeighborCount", Minimum = 1, CountsRows = true, Grid = [5, 8, 13, 20, 26, 40, 60],
        Unset = "chosen from the neighbour lists, with k2 and lambda")]
    public int K1
    {
        get => _k1 ?? DefaultK1;
        init => _k1 = value;
    }

    /// <summary>
    /// k2: neighbours a vertex passes messages to, itself included. From 1 to <see cref="K1"/>; unless set, <see cref="DefaultK2"/> or K1,
    /// whichever is smaller.
    /// </summary>
    [MethodParameter(
        "k2", Name = "PropagationCount", Minimum = 1, CountsRows = true, Grid = [2, 3, 5, 7, 10],
        Unset = "chosen with k1; 7, or k1 where that is smaller, where k1 is given")]
    public int K2
    {
        get => _k2 ?? Math.Min(DefaultK2, K1);
        init => _k2 = value;
    }

    /// <summary>L: the number of message-passing layers. 0 compares the rows of the start matrix.</summary>
    [MethodParameter("layers", Name = "LayerCount", Minimum = 0, Grid = [1, 2])]
    public int Layers { get; init; } = 2;

    /// <summary>alpha: an edge weighs max(cosine, 0)^alpha. Not negative.</summary>
    [MethodParameter("alpha", Name = "EdgeExponent", Minimum = 0, Grid = [2])]
    public double Alpha { get; init; } = 2;

    /// <summary>lambda: the share of the plain cosine in the final score, 0 to 1. Null takes the variant's own: 0 for Paper, 0.3 for Reference.</summary>
    [MethodParameter(
        "lambda", Name = "CosineWeight", Minimum = 0, Maximum = 1, Grid = [0, 0.3], 
        Unset = "chosen with k1; where k1 is given, 0 for the variant Paper, 0.3 for Reference")]
    public double? Lambda { get; init; }

    /// <summary>
    /// Whether k1, k2 and, unless it is given, lambda are chosen from the neighbour lists when they are there: see
    /// <see cref="GnnParameterRule"/>. False once k1 or k2 is set, and for the published code's variant. The settings of a ranking are those that were chosen.
    /// </summary>
    public bool IsAutomatic
    {
        get => _isAutomatic && _k1 is null && _k2 is null && Variant == GnnVariant.Paper;
        init => _isAutomatic = value;
    }

    /// <summary>Why k1, k2 and lambda were chosen, for people; null where they were given.</summary>
    public string? Choice { get; init; }

    /// <summary>Which statement of the method is computed.</summary>
    [MethodParameter("variant")]
    public GnnVariant Variant { get; init; } = GnnVariant.Paper;

    /// <summary>How a row makes one message of those of its neighbours.</summary>
    [MethodParameter("aggregator")]
    public GnnAggregator Aggregator { get; init; } = GnnAggregator.Sum;

    /// <summary>lambda with the variant's default filled in.</summary>
    public double EffectiveLambda => Lambda ?? (Variant == GnnVariant.Reference ? ReferenceLambda : 0);

    /// <summary>k1 and k2 for identities of about so many images, the query's included: docs/default-method.md has what they come from.</summary>
    /// <param name="images">Images an identity, at least 1.</param>
    /// <exception cref="GnnReRankException">There is less than one image.</exception>
    public static GnnReRankSettings ForImagesPerIdentity(int images)
    {
        Require(images >= 1, "InvalidImagesPerIdentity", $"ImagesPerIdentity is {images}: it must be at least 1, the image itself.");
        int k1 = images <= 20 ? images : Math.Clamp((int)Math.Round(0.4 * images), 20, 60);
        return new GnnReRankSettings { K1 = k1, K2 = Math.Min(k1, Math.Clamp(images / 2, 1, 10)) };
    }

    /// <summary>These settings with k1 and k2 no larger than a graph of so many vertices allows.</summary>
    /// <param name="vertexCount">The number of queries and gallery rows together.</param>
    /// <exception cref="GnnReRankException">A parameter is out of its range: a k2 beyond k1 is refused, not shortened.</exception>
    public GnnReRankSettings ClampTo(int vertexCount)
    {
        Validate();
        return IsAutomatic || K1 <= vertexCount ? this : this with { K1 = vertexCount, K2 = Math.Min(K2, vertexCount) };
    }

    /// <summary>Checks every range.</summary>
    /// <exception cref="GnnReRankException">A parameter is out of its range; the message names it.</exception>
    public override void Validate()
    {
        Require(K1 >= 1, "InvalidK1", $"K1 is {K1}: it counts the vertex itself, so it must be at least 1.");
        Require(K2 >= 1, "InvalidK2", $"K2 is {K2}: it counts the vertex itself, so it must be at least 1.");
        Require(K2 <= K1, "K2ExceedsK1", $"K2 is {K2} and K1 is {K1}: K2 must not exceed K1. Lower K2 or raise K1 (the paper uses 7 and 26).");
        Require(Layers >= 0, "InvalidLayers", $"Layers is {Layers}: it must not be negative (the paper uses 2).");
        Require(
            Alpha >= 0 && double.IsFinite(Alpha), "InvalidAlpha",
            $"Alpha is {Alpha}: it must be a finite number, not negative (the paper uses 2).");
        Require(
            Lambda is null or (>= 0 and <= 1), "InvalidLambda",
            $"Lambda is {Lambda}: it is the share of the cosine in the score, so it must lie between 0 and 1.");
        Require(
            Enum.IsDefined(Aggregator), "InvalidAggregator",
            $"Aggregator is {Aggregator}: it is one of {string.Join(", ", Enum.GetNames<GnnAggregator>())}.");
    }

    /// <summary>Whether both compute the same: a value that is set equals one that is taken by default.</summary>
    /// <param name="other">The settings to compare with.</param>
    public bool Equals(GnnReRankSettings? other) =>
        other is not null && Compared == other.Compared;

    /// <inheritdoc/>
    public override int GetHashCode() => Compared.GetHashCode();

    private (int K1, int K2, int Layers, double Alpha, double Lambda, GnnVariant Variant, bool IsAutomatic, bool CenterCamera,
        GnnAggregator Aggregator) Compared =>
        (K1, K2, Layers, Alpha, EffectiveLambda, Variant, IsAutomatic, CenterCamera, Aggregator);

    /// <inheritdoc/>
    public override GnnReRankSettings FitTo(int vertexCount) => ClampTo(vertexCount);

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new GnnReRanker(this, backend);

    private protected override string Describe() => (IsAutomatic
        ? $"GNN {Variant} automatic"
        : FormattableString.Invariant(
            $"GNN {Variant} k1={K1} k2={K2} layers={Layers} alpha={Alpha:0.###} lambda={EffectiveLambda:0.###}")) +
        (Aggregator == GnnAggregator.Sum ? string.Empty : $" aggregator={Aggregator}");
}
