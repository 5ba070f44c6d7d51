using System.Text;
using System.Text.RegularExpressions;

namespace GnnReRank;

/// <summary>Names as people give them: exact texts, and patterns with *, ? and [a-z]; without regard to case.</summary>
internal sealed class NamePatterns
{
    private const RegexOptions Options =
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private readonly HashSet<string> _exact;
    private readonly Regex[] _patterns;

    /// <exception cref="GnnReRankException">A pattern cannot be understood.</exception>
    public NamePatterns(IReadOnlyList<string> texts)
    {
        // Every text counts as it stands too: a list of a thousand names costs one look-up, and names may hold brackets.
        _exact = new HashSet<string>(texts, StringComparer.OrdinalIgnoreCase);
        _patterns = [.. texts.Where(text => text.AsSpan().IndexOfAny("*?[`") >= 0).Select(Compiled)];
    }

    public bool Match(string name) => _exact.Contains(name) || Array.Exists(_patterns, pattern => pattern.IsMatch(name));

    private static Regex Compiled(string text)
    {
        try
        {
            return new Regex(Expression(text), Options);
        }
        catch (RegexParseException exception)
        {
            throw new GnnReRankException(
                "InvalidNamePattern", ErrorKind.InvalidArgument,
                $"The name pattern '{text}' cannot be understood: between brackets stand characters or ranges such as [a-z]. A backtick before a bracket makes it stand for itself.",
                exception);
        }
    }

    private static string Expression(string text)
    {
        StringBuilder expression = new(@"\A");
        for (int place = 0; place < text.Length; place++)
        {
            int close = text[place] == '[' && place + 2 < text.Length ? text.IndexOf(']', place + 2) : -1;
            if (close >= 0)
            {
                string members = text[(place + 1)..close];
                expression.Append('[').Append(Regex.Replace(members, @"[\\\[\]^]", @"\$0")).Append(']');
                place = close;
                continue;
            }

            // A backtick makes the character after it stand for itself, as in PowerShell.
            bool escapes = text[place] == '`' && place + 1 < text.Length;
            place += escapes ? 1 : 0;
            expression.Append(text[place] switch
            {
                '*' when !escapes => ".*",
                '?' when !escapes => ".",
                char other => Regex.Escape(other.ToString()),
            });
        }

        return expression.Append(@"\z").ToString();
    }
}
