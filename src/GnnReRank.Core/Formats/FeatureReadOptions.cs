namespace GnnReRank;

/// <summary>What to take from a feature file, and what to do with rows that cannot be used.</summary>
public sealed record FeatureReadOptions
{
    /// <summary>The format; null goes by the file's extension.</summary>
    public FeatureFormat? Format { get; init; }

    /// <summary>
    /// The column or array with the features: one list column, or several names or wildcards of columns with one dimension each.
    /// Null finds it by the usual names.
    /// </summary>
    public IReadOnlyList<string>? FeatureColumns { get; init; }

    /// <summary>The column or array with the labels (identities); null finds it by the usual names, if there is one.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The column or array with the cameras; null finds it by the usual names, if there is one.</summary>
    public string? CameraColumn { get; init; }

    /// <summary>The column or array with the names; null finds it by the usual names, if there is one.</summary>
    public string? NameColumn { get; init; }

    /// <summary>
    /// The sets to take from a file that holds several under the names query_f, query_label, query_cam, gallery_f, ...;
    /// null or empty takes the file as one matrix.
    /// </summary>
    public IReadOnlyList<FeatureRole>? Sets { get; init; }

    /// <summary>The role of a matrix read as a whole file.</summary>
    public FeatureRole Role { get; init; }

    /// <summary>Drop rows with NaN, infinity or nothing but zeros, with a warning, instead of failing.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>Progress and cancellation.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
