using System.Collections;
using System.Management.Automation.Language;

namespace GnnReRank.Tests.Module;

/// <summary>The manifest at the repository's top, read as data.</summary>
internal static class ModuleManifest
{
    public static string Path { get; } = System.IO.Path.Combine(TestPaths.Repository, "GnnReRank.psd1");

    private static Hashtable Data { get; } = Read();

    public static string Version => (string)Data["ModuleVersion"]!;

    public static string[] CmdletsToExport => [.. ((object[])Data["CmdletsToExport"]!).Cast<string>()];

    private static Hashtable Read()
    {
        Ast manifest = Parser.ParseFile(Path, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return (Hashtable)((HashtableAst)manifest.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)!).SafeGetValue();
    }
}
