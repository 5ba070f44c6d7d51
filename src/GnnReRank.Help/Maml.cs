using System.Xml.Linq;

namespace GnnReRank.Help;

/// <summary>The vocabulary of PowerShell's help files, and its commonest shapes.</summary>
internal static class Maml
{
    public static readonly XNamespace Root = "http://msh";

    public static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";

    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XElement Paragraphs(XName name, IEnumerable<string> paragraphs) =>
        new(name, paragraphs.Select(paragraph => new XElement(Text + "para", paragraph)));

    public static XElement Type(string name) =>
        new(Dev + "type", new XElement(Text + "name", name), new XElement(Text + "uri"));
}
