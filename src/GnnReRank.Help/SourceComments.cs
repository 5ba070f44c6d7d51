using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GnnReRank.Help;

/// <summary>The documentation comments of the command classes, as the compiler wrote them out.</summary>
internal sealed partial class SourceComments
{
    private readonly Dictionary<string, XElement> _members;

    private SourceComments(Dictionary<string, XElement> members) => _members = members;

    public static SourceComments Load(string path) => new(
        XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!));

    public string Summary(Type type) => Summary($"T:{type.FullName}");

    public string Summary(PropertyInfo property) => Summary($"P:{property.DeclaringType!.FullName}.{property.Name}");

    public IReadOnlyList<string> Remarks(Type type) => Paragraphs(Member($"T:{type.FullName}").Element("remarks"));

    public IReadOnlyList<CommandExample> Examples(Type type) =>
    [
        .. Member($"T:{type.FullName}").Elements("example").Select(example => new CommandExample(
            Plain(example.Element("title")), Code(example.Element("code")), Paragraphs(example))),
    ];

    public IReadOnlyList<string> SeeAlso(Type type) =>
        [.. Member($"T:{type.FullName}").Elements("seealso").Select(Plain).Where(text => text.Length > 0)];

    private string Summary(string id)
    {
        string text = Plain(Member(id).Element("summary"));
        return text.Length > 0 ? text : throw new InvalidOperationException($"{id} has no <summary>, which its help is made from.");
    }

    private XElement Member(string id) => _members.TryGetValue(id, out XElement? member)
        ? member
        : throw new InvalidOperationException($"{id} has no documentation comment, which its help is made from.");

    /// <summary>The element's paragraphs; its whole text where it has none.</summary>
    private static string[] Paragraphs(XElement? element)
    {
        string[] paragraphs = [.. (element?.Elements("para") ?? []).Select(Plain)];
        return paragraphs.Length > 0 || element?.Name == "example" ? paragraphs : [.. new[] { Plain(element) }.Where(text => text.Length > 0)];
    }

    private static string Plain(XElement? element) =>
        element is null ? string.Empty : Whitespace().Replace(string.Concat(element.Nodes().Select(Plain)), " ").Trim();

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when element.IsEmpty => Reference(element),
        XElement element => string.Concat(element.Nodes().Select(Plain)),
        _ => string.Empty,
    };

    /// <summary>What a reference without a text of its own names, without its namespace.</summary>
    private static string Reference(XElement element)
    {
        string target = element.Attribute("cref")?.Value ?? element.Attribute("langword")?.Value ?? element.Attribute("name")?.Value ?? string.Empty;
        return target.Split('(')[0].Split('.', ':')[^1];
    }

    /// <summary>Code keeps its lines; the indentation that all of them share is the comment's.</summary>
    private static string Code(XElement? element)
    {
        string[] lines = (element?.Value ?? string.Empty).Trim('\r', '\n', ' ').Split('\n');
        int shared = lines.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select((line, index) => index == 0 || line.Length < shared ? line.TrimEnd() : line[shared..].TrimEnd()));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
