using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace GnnReRank.Help;

/// <summary>The MAML file that Get-Help reads: GnnReRank.dll-Help.xml in the language's folder beside the manifest.</summary>
internal static class HelpFile
{
    public static void Write(string path, IEnumerable<XElement> commands)
    {
        XElement root = new(
            Maml.Root + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml.Text),
            new XAttribute(XNamespace.Xmlns + "command", Maml.Command),
            new XAttribute(XNamespace.Xmlns + "dev", Maml.Dev),
            commands);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

        // The code of examples has line breaks of its own, kept as they are on every system.
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using XmlWriter writer = XmlWriter.Create(path, settings);
        root.Save(writer);
    }
}
