namespace GnnReRank;

/// <summary>How a feature file is written.</summary>
public sealed record FeatureWriteOptions
{
    /// <summary>The format; null goes by the file's extension.</summary>
    public FeatureFormat? Format { get; init; }

    /// <summary>Whether a file that is there already may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Progress and cancellation.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
