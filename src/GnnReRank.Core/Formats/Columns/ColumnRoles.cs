namespace GnnReRank.Formats.Columns;

/// <summary>Which columns of a file play which part, as positions in the file's list of columns.</summary>
internal sealed record ColumnRoles
{
    /// <summary>One list column, or the columns with one dimension each in the order of the dimensions.</summary>
    public required IReadOnlyList<int> Features { get; init; }

    /// <summary>Whether the features are vectors that are kept as texts, in one column.</summary>
    public bool AreFeaturesTexts { get; init; }

    public int? Label { get; init; }

    /// <summary>Whether the labels were guessed and nothing asks for them, so that they can be left out.</summary>
    public bool IsLabelOptional { get; init; }

    /// <summary>Whether labels may be texts other than digits. A column 'id' of texts names images.</summary>
    public bool TakesTextLabels { get; init; }

    public int? Camera { get; init; }

    public bool IsCameraOptional { get; init; }

    public int? Name { get; init; }

    public bool IsNameOptional { get; init; }

    /// <summary>The column that says of each row whether it is query or gallery; only where sets were asked for.</summary>
    public int? Set { get; init; }

    /// <summary>For each set the column that says whether a row belongs to it; empty where a column names the set, or no sets were asked for.</summary>
    public IReadOnlyDictionary<FeatureRole, int> SetFlags { get; init; } = new Dictionary<FeatureRole, int>();

    /// <summary>Whether rows are dealt out to sets.</summary>
    public bool HasSets => Set is not null || SetFlags.Count > 0;

    /// <summary>The first and the last column of features where their names are mere numbers; null where names say that they are features.</summary>
    public (string First, string Last)? UnnamedColumns { get; init; }

    /// <summary>What a person should check, where the features had to be guessed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
