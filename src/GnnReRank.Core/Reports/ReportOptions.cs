namespace GnnReRank;

/// <summary>What a report of rankings shows, and how it is written.</summary>
public sealed record ReportOptions
{
    /// <summary>The number of gallery images a query that are shown unless told otherwise.</summary>
    public const int DefaultTop = 10;

    /// <summary>The headline; null takes "Ranking report".</summary>
    public string? Title { get; init; }

    /// <summary>How many gallery images of each list are shown, at least 1; lists may be shorter.</summary>
    public int Top { get; init; } = DefaultTop;

    /// <summary>How the rankings are measured, where labels or a ground truth are known.</summary>
    public EvaluationSettings Evaluation { get; init; } = new();

    /// <summary>The folder that the query names are relative to; null shows no query pictures.</summary>
    public string? QueryFolder { get; init; }

    /// <summary>The folder that the gallery names are relative to; null shows no gallery pictures.</summary>
    public string? GalleryFolder { get; init; }

    /// <summary>Whether small copies of the pictures are put into the file, instead of links to their files.</summary>
    public bool Embed { get; init; }

    /// <summary>The most queries that are shown one by one, at least 1: those that changed most. Null shows all.</summary>
    public int? MaxQueries { get; init; }

    /// <summary>Whether a file that is there may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Threads, progress, cancellation, and where warnings go.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
