namespace GnnReRank.Indexing.Files;

/// <summary>The sections of an index file, by the names that they have there.</summary>
internal static class SectionNames
{
    public const string Features = "features";
    public const string InverseNorms = "inverse norms";
    public const string Description = "description";
    public const string Labels = "labels";
    public const string LabelNumbers = "label numbers";
    public const string LabelTexts = "label texts";
    public const string Cameras = "cameras";
    public const string Names = "names";
    public const string ListIndices = "list indices";
    public const string ListScores = "list scores";

    private const string LengthsOf = "lengths of ";
    private const string State = "state.";

    private static readonly HashSet<string> s_known =
    [
        Features, InverseNorms, Description, Labels, LabelNumbers, LabelTexts, Lengths(LabelTexts), Cameras, Names,
        Lengths(Names), ListIndices, ListScores,
    ];

    /// <summary>The section of the lengths of a section's texts.</summary>
    public static string Lengths(string texts) => LengthsOf + texts;

    /// <summary>The section of an array of the method's own.</summary>
    public static string OfState(string array) => State + array;

    public static bool IsState(string name) => name.StartsWith(State, StringComparison.Ordinal);

    public static bool IsKnown(string name) => s_known.Contains(name) || IsState(name);
}
