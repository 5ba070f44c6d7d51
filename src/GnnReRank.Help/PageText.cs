using System.Text.RegularExpressions;

namespace GnnReRank.Help;

/// <summary>Plain text of the comments as Markdown: commands become links, parameters code, and marks that mean something are escaped.</summary>
internal sealed partial class PageText(IEnumerable<string> commands)
{
    public const string About = "[about_GnnReRank](../../module/en-US/about_GnnReRank.help.txt)";

    private readonly HashSet<string> _commands = new(commands, StringComparer.Ordinal);

    /// <param name="plain">What a comment says.</param>
    /// <param name="page">The command on whose page it stands: not a link to itself.</param>
    public string Of(string plain, string page) => Marks().Replace(plain, match => match.Value switch
    {
        string name when _commands.Contains(name) => name == page ? $"`{name}`" : $"[`{name}`]({name}.md)",
        "about_GnnReRank" => About,
        { Length: 1 } mark => $@"\{mark}",
        string word => char.IsLetter(word[0]) ? word : $"`{word}`",
    });

    /// <summary>A command, a parameter, or one mark of Markdown's or HTML's.</summary>
    [GeneratedRegex(@"\b[A-Z]\w+-[A-Z]\w+|\babout_\w+|(?<![\w-])-[A-Z]\w*|[\\`*<>\[\]|]|(?<!\w)_|_(?!\w)")]
    private static partial Regex Marks();
}
