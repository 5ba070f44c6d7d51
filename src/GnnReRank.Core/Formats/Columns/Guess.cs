namespace GnnReRank.Formats.Columns;

/// <summary>What is done where a column or array that was found by its usual name turns out to be something else: it must not cost the features.</summary>
internal static class Guess
{
    // What a damaged file gives is not among them.
    private static readonly string[] s_unfit =
        ["UnsupportedContent", "PickleRefused", "RowCountMismatch", "NotAnInteger", "NotAWholeNumber", "CameraOutOfRange", "MissingValue", "BadField", "AmbiguousContent", "RaggedFeatures"];

    /// <summary>Whether an error says that a column is something else, and not that the file is damaged.</summary>
    public static bool IsUnfit(GnnReRankException error) => s_unfit.Contains(error.ErrorId);

    /// <summary>The warning that says what is left out.</summary>
    /// <param name="error">Why.</param>
    /// <param name="what">What it would have been: labels, cameras or names.</param>
    /// <param name="parameter">The parameter that names another.</param>
    public static string LeftOut(GnnReRankException error, string what, string parameter) =>
        $"{error.Message} It was taken for {what} by its usual name alone, so it is left out: the matrix has no {what}. Name the right ones with {parameter}, or say -ExplicitOnly.";
}
