using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Worst;

/// <summary>A shape of file that may be slow.</summary>
/// <param name="Format">The format.</param>
/// <param name="Shape">What there is much of.</param>
/// <param name="File">The file's name.</param>
/// <param name="Size">How much of it at the smallest size.</param>
/// <param name="Write">Writes the file with so much of it.</param>
/// <param name="Call">How it is imported.</param>
/// <param name="Most">How much of it a file can have.</param>
internal sealed record WorstCase(string Format, string Shape, string File, int Size, Action<string, int> Write, Call Call, int Most = WorstCase.MostOfAny)
{
    /// <summary>The largest file that is written, in MB.</summary>
    public const double LargestFile = 100;

    private const int MostOfAny = 1_000_000_000;

    public static Call Features(params (string Name, object? Value)[] parameters) => Call.Of("Import-FeatureMatrix", "LiteralPath", parameters);

    public static Call Dataset(string kind) => Call.Of("Import-RetrievalDataset", "Path", ("Protocol", kind));
}
