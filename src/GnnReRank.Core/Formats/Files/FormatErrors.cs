namespace GnnReRank.Formats.Files;

/// <summary>The errors that readers and writers of every format share.</summary>
internal static class FormatErrors
{
    /// <summary>The file breaks its format: cut short, corrupt, or contradicting itself.</summary>
    public static GnnReRankException Corrupt(string path, string format, string what, Exception? cause = null) =>
        new("CorruptFile", ErrorKind.InvalidData, $"'{path}' is not a usable {format} file: {what}", cause);

    /// <summary>The file is valid, and holds something this version does not read.</summary>
    public static GnnReRankException Unsupported(string path, string what) =>
        new("UnsupportedContent", ErrorKind.NotSupported, $"'{path}': {what}");

    /// <summary>A column, array or variable that was asked for, or is needed, is not there.</summary>
    public static GnnReRankException ColumnNotFound(string path, string what, IEnumerable<string> present) =>
        new("ColumnNotFound", ErrorKind.NotFound, $"'{path}' has no {what}. It has: {Listed(present)}.");

    /// <summary>Some names of a list, for a message.</summary>
    public static string Listed(IEnumerable<string> names)
    {
        const int shown = 12;
        string[] all = names.ToArray();
        string head = string.Join(", ", all.Take(shown).Select(name => $"'{name}'"));
        return all.Length == 0 ? "nothing" : all.Length > shown ? $"{head} and {all.Length - shown} more" : head;
    }
}
