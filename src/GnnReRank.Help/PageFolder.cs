using System.Text;

namespace GnnReRank.Help;

/// <summary>The folder of the commands' pages, with an index. What says the same already is not touched.</summary>
internal static class PageFolder
{
    private const string Index = "README.md";

    public static void Write(string folder, IReadOnlyList<CommandPage> pages)
    {
        Dictionary<string, string> files = pages.ToDictionary(page => $"{page.Name}.md", page => page.ToString());
        files.Add(Index, IndexOf(pages));
        Directory.CreateDirectory(folder);
        foreach ((string name, string text) in files)
        {
            string path = Path.Combine(folder, name);
            if (!File.Exists(path) || File.ReadAllText(path) != text)
            {
                File.WriteAllText(path, text, new UTF8Encoding(false));
            }
        }
    }

    private static string IndexOf(IEnumerable<CommandPage> pages) =>
        "# Cmdlets\n\nMade from the documentation in the code, as `Get-Help` is, by `build.ps1 -Task Docs`.\n\n| cmdlet | does |\n|---|---|\n" +
        string.Concat(pages.Select(page => $"| [`{page.Name}`]({page.Name}.md) | {page.Synopsis} |\n"));
}
