using System.Management.Automation.Host;
using System.Text;

namespace GnnReRank.Formatting;

/// <summary>Texts that fit the columns of the module's views, which call this.</summary>
public static class ViewText
{
    private const int UsualScreen = 80;
    private const string Cut = "…";

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
        foreach (string word in (text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries))
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
        if (name is null || name.Length <= room)
        {
            return name ?? string.Empty;
        }

        int start = name.Length - room + Cut.Length;
        int folder = name.IndexOfAny(['/', '\\'], start);
        return string.Concat(Cut, name.AsSpan(folder >= 0 && folder < name.Length - 1 ? folder : start));
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
