namespace GnnReRank;

/// <summary>How near an approximate neighbour search shall come to the exact lists.</summary>
public sealed record ApproximateSearchSettings
{
    /// <summary>The usual <see cref="Recall"/>.</summary>
    public const double DefaultRecall = 0.98;

    /// <summary>The usual settings.</summary>
    public static ApproximateSearchSettings Default { get; } = new();

    /// <summary>The share of the exact neighbours that the lists shall hold: above 0, at most 1, which is exact.</summary>
    public double Recall { get; init; } = DefaultRecall;

    /// <summary>Seeds the clusters and the sample. The same seed gives the same lists at any number of threads.</summary>
    public int Seed { get; init; }

    /// <exception cref="GnnReRankException">The recall is out of range.</exception>
    internal void Validate()
    {
        if (!(Recall is > 0 and <= 1))
        {
            throw new GnnReRankException(
                "InvalidRecall", ErrorKind.InvalidArgument,
                FormattableString.Invariant(
                    $"The recall is {Recall}: it is a share of the exact neighbours, above 0 and at most 1, such as 0.98."));
        }
    }
}
