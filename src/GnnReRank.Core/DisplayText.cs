using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GnnReRank;

/// <summary>
/// Texts of files as people may see them. A name can hold escape sequences that clear a terminal, rename its window or hide what follows;
/// objects and exports keep it as it is, and messages and views show it through this.
/// </summary>
public static class DisplayText
{
    // Unicode's pictures of control characters: ESC is shown as one sign, and nothing acts on it.
    private const char FirstPicture = '\u2400';
    private const char PictureOfDelete = '\u2421';
    private const char Delete = '\u007F';

    // Line and paragraph separators, and what turns the direction of the text around it.
    private static readonly SearchValues<char> s_hidden = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Concat(Enumerable.Range(Delete, 0xA0 - Delete)).Select(code => (char)code),
         '\u061C', '\u200E', '\u200F', '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069', '\uFEFF',
         .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    /// <summary>The text with a sign in place of each character that a terminal would act on; null stays null.</summary>
    /// <param name="text">Any text.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAny(s_hidden) < 0)
        {
            return text;
        }

        StringBuilder shown = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Half of a character that takes two is a replacement sign by now.
            _ = rune.IsBmp && s_hidden.Contains((char)rune.Value) ? shown.Append(Sign((char)rune.Value)) : shown.Append(rune);
        }

        return shown.ToString();
    }

    private static char Sign(char hidden) => hidden switch
    {
        < ' ' => (char)(FirstPicture + hidden),
        Delete => PictureOfDelete,
        _ => (char)Rune.ReplacementChar.Value,
    };
}
