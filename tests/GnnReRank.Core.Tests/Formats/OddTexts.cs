namespace GnnReRank.Tests.Formats;

/// <summary>Names and labels that one format or another might lose or change.</summary>
internal static class OddTexts
{
    public static string[] WithNul { get; } = ["a\0b", "a\0", "\0"];

    public static string[] Halves { get; } = ["a\ud83d", "\udc00a", "\ud83d", "\udc00\ud83d"];

    public static string[] Whole { get; } =
    [
        "", " ", "\t", "\r", "\n", "\r\n", "a\r", "a\nb", "a\r\nb", "\na", "a\tb", " a", "a ", "\u00a0a", "\u0085", "a\u2028b", ",", "a,b", ";", "a;b", "|", "\"", "\"\"", "\"a", "a\"b", "a\"",
        "'", "'a'", "null", "NULL", "NA", "None", "NaN", "nan", "inf", "true", "1e5", "12", "0001", "-0", "+1", "=1+1", "-", "@x", "#x", "#TYPE x", "sep=;", "[0.1, 0.2]", "[1 2]", "{}",
        "\\", "\\N", "\\0", "\\u0041", "%20", "&amp;", "2020-01-01", "\ud83d\ude00", "e\u0301", "\u00e9", "\uFEFFa", "\u202Ea", "\u001b[2J", "\u0001", "\u007f", "\uffff", "name", "label",
        new string('x', 70_000),
    ];

    public static string[] All { get; } = [.. Whole, .. WithNul, .. Halves];

    /// <summary>A text for a message.</summary>
    public static string Shown(string text) => string.Concat(text.Take(20).Select(letter => letter is > ' ' and < (char)0x7f ? $"{letter}" : $"\\u{(int)letter:x4}"));
}
