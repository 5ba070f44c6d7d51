namespace GnnReRank;

/// <summary>
/// Which rows to take of a feature matrix or file. A row must pass every filter that is given (index, label, camera, name); of the rows
/// that do, <see cref="First"/> or <see cref="Random"/> takes some. Rows keep their order, and each is taken once.
/// </summary>
public sealed record RowSelection
{
    /// <summary>0-based rows; null takes any. Their order and repetitions do not matter.</summary>
    public IReadOnlyList<int>? Indices { get; init => field = PublicList.Of(value); }

    /// <summary>The labels (identities) whose rows are taken; null takes any.</summary>
    public IReadOnlyList<long>? Labels { get; init => field = PublicList.Of(value); }

    /// <summary>The cameras whose rows are taken; null takes any.</summary>
    public IReadOnlyList<int>? Cameras { get; init => field = PublicList.Of(value); }

    /// <summary>
    /// The names whose rows are taken, without regard to case; null takes any. *, ? and [a-z] stand for what they do in PowerShell,
    /// and a name that holds such a character is also found by its exact text.
    /// </summary>
    public IReadOnlyList<string>? Names { get; init => field = PublicList.Of(value); }

    /// <summary>Take the rows that the filters above do not: everything but those.</summary>
    public bool Exclude { get; init; }

    /// <summary>So many rows at most, the first that pass the filters; null takes all.</summary>
    public int? First { get; init; }

    /// <summary>
    /// So many rows at most, drawn at random without repetition from those that pass the filters; null takes all. Row i has as its key
    /// the output number i + 1 of the generator SplitMix64 started with <see cref="Seed"/>, and the rows with the smallest keys are
    /// taken. So a row is drawn or not whatever is done to others, and a smaller sample is part of a larger one.
    /// </summary>
    public int? Random { get; init; }

    /// <summary>The seed of <see cref="Random"/>: the same seed draws the same rows, on every machine.</summary>
    public int Seed { get; init; }

    /// <summary>Whether a filter, rather than only a number of rows, is given.</summary>
    internal bool HasFilter => Indices is not null || NeedsMetadata;

    /// <summary>Whether more than the number of a row says whether it is taken.</summary>
    internal bool NeedsMetadata => Labels is not null || Cameras is not null || Names is not null;

    /// <summary>Whether every row is taken.</summary>
    internal bool TakesAll => !HasFilter && First is null && Random is null;

    /// <summary>Whether the first rows are taken, whatever they hold.</summary>
    internal bool IsPrefix => !HasFilter && First is not null && Random is null;
}
