using GnnReRank.Fuzz.Running;

namespace GnnReRank.Fuzz.Seeds;

/// <summary>A file that is to be damaged, and the calls it is given to.</summary>
internal sealed record Seed
{
    /// <summary>What the tables count it under.</summary>
    public required string Format { get; init; }

    public required string Name { get; init; }

    public required byte[] Bytes { get; init; }

    /// <summary>Where the file goes in the seed's folder.</summary>
    public required string File { get; init; }

    /// <summary>What lies beside it, untouched.</summary>
    public IReadOnlyDictionary<string, byte[]> Beside { get; init; } = new Dictionary<string, byte[]>();

    public required IReadOnlyList<Call> Calls { get; init; }

    public Guard Guard { get; init; }

    /// <summary>A file that the calls write: what is in it belongs to the result.</summary>
    public string? Written { get; init; }

    public bool IsText { get; init; }

    public bool IsLarge => Bytes.Length > LargeFrom;

    /// <summary>What each call gives for the seed itself; null where it refuses it.</summary>
    public Fingerprint?[] Expected { get; set; } = [];

    private const int LargeFrom = 200_000;
}
