using System.Management.Automation.Host;
using System.Text;

namespace GnnReRank.Formatting;

/// <summary>
/// Texts that fit the columns of the module's views, which call this. They are shown through <see cref="DisplayText"/>: no view may give a
/// name to a terminal as it stands in a file.
/// </summary>
public static class ViewText
{
    private const int UsualScreen = 80;
    private const string Cut = "…";

    /// <summary>A text of any length.</summary>
    /// <param name="text">The text; null stays null.</param>
    public static string? Shown(string? text) => DisplayText.Of(text);

    /// <summary>The same, cut to a width where it is longer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The most characters to show, the mark of the cut among them.</param>
    public static string? Short(string? text, int width) =>
        Shown(text) is string shown && shown.Length > width ? $"{shown[..(width - 1)]}…" : Shown(text);

    /// <summary>
    /// Breaks a text between words. PowerShell itself breaks anywhere, but for the languages it knows the words of; a screen's width is
    /// not known here, so the lines fit one of 80 columns.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The longest line, in characters; only a longer word is broken.</param>
    public static string Wrap(string? text, int width)
    {
        StringBuilder lines = new();
        int length = 0;
        foreach (string word in DisplayText.Of(text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (length > 0 && length + 1 + word.Length > width)
            {
                lines.Append('\n');
                length = 0;
            }

            if (length > 0)
            {
                lines.Append(' ');
                length++;
            }

            lines.Append(word);
            length += word.Length;
        }

        return lines.ToString();
    }

    /// <summary>
    /// The end of a long name, which tells files apart: from a folder on where one fits, with a sign that something is missing.
    /// </summary>
    /// <param name="name">The name, often a path.</param>
    /// <param name="width">The room for it on a screen of 80 columns.</param>
    /// <param name="host">Says how much wider the screen is.</param>
    public static string Tail(string? name, int width, PSHost? host)
    {
        int room = width + Math.Max(0, ScreenOf(host) - UsualScreen);
        string shown = DisplayText.Of(name) ?? string.Empty;
        if (shown.Length <= room)
        {
            return shown;
        }

        int start = shown.Length - room + Cut.Length;
        start += char.IsLowSurrogate(shown[start]) ? 1 : 0;
        int folder = shown.IndexOfAny(['/', '\\'], start);
        return string.Concat(Cut, shown.AsSpan(folder >= 0 && folder < shown.Length - 1 ? folder : start));
    }

    // Some hosts have no screen, and say so in several ways.
    private static int ScreenOf(PSHost? host)
    {
        try
        {
            return host?.UI?.RawUI?.BufferSize.Width ?? UsualScreen;
        }
        catch (Exception fault) when (fault is HostException or NotImplementedException or NotSupportedException or InvalidOperationException or IOException)
        {
            return UsualScreen;
        }
    }
}
