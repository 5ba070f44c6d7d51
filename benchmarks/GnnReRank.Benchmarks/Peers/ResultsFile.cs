namespace GnnReRank.Benchmarks;

/// <summary>The part of RESULTS.md that the verb "peers" writes.</summary>
internal static class ResultsFile
{
    private const string Begin = "<!-- peers:begin -->";
    private const string End = "<!-- peers:end -->";

    /// <summary>Replaces what stands between the marks; a file without marks gets them, under a heading, at its end.</summary>
    public static void Replace(string path, string section) => File.WriteAllText(path, Replaced(File.ReadAllText(path), section));

    /// <summary>The text with the section replaced.</summary>
    public static string Replaced(string text, string section)
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        string marked = $"{Begin}\n{section}\n{End}";
        return begin >= 0 && end > begin
            ? text[..begin] + marked + text[(end + End.Length)..]
            : $"{text.TrimEnd()}\n\n## Beside other programs\n\n{marked}\n";
    }
}
