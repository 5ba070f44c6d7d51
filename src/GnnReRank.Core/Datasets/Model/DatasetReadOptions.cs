namespace GnnReRank;

/// <summary>How a data set is read, and which features are joined to it.</summary>
public sealed record DatasetReadOptions
{
    /// <summary>The data set's form, where it has several; null takes the usual one. See <see cref="RetrievalDatasets.VariantsOf"/>.</summary>
    public string? Variant { get; init; }

    /// <summary>The features of the queries; null joins none.</summary>
    public FeatureMatrix? Query { get; init; }

    /// <summary>The features of the gallery; null joins none.</summary>
    public FeatureMatrix? Gallery { get; init; }

    /// <summary>The features of all images in one matrix, instead of the two.</summary>
    public FeatureMatrix? Features { get; init; }

    /// <summary>
    /// Takes rows in the data set's order, without regard to their names: row i is image i. With <see cref="Features"/> the queries'
    /// rows come first, then the gallery's.
    /// </summary>
    public bool InOrder { get; init; }

    /// <summary>Makes an image without a feature row an error, not a warning.</summary>
    public bool RequireAll { get; init; }

    /// <summary>
    /// VehicleId: draws one gallery image a vehicle, from this seed, and makes all others the queries. Null leaves every image in both sets.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>Stops the reading.</summary>
    public CancellationToken CancellationToken { get; init; }
}
