using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace GnnReRank.Tests.Module;

/// <summary>What Import-Module brings into a session, and what it keeps out.</summary>
public sealed class ImportTests
{
    private static readonly string[] s_dependencies = ["ILGPU", "ParquetSharp", "Apache.Arrow", "Sylvan.Data.Csv", "System.Numerics.Tensors", "SixLabors.ImageSharp"];

    [Fact]
    public void TheVersionIsTheSameInTheManifestAndInTheBuild()
    {
        XDocument build = XDocument.Load(Path.Combine(TestPaths.Repository, "Directory.Build.props"));
        Assert.Equal(build.Descendants("Version").Single().Value, ModuleManifest.Version);
    }

    [Fact]
    public void TheCommandsAreThoseOfTheManifest()
    {
        using ModuleSession session = new();
        ScriptResult result = session.RunClean("Get-Command -Module GnnReRank");
        Assert.Equal(ModuleManifest.CmdletsToExport.Order(), result.Output.Select(command => ((CommandInfo)command.BaseObject).Name).Order());
    }

    [Fact]
    public void NoCommandOfTheAssemblyIsLeftOutOfTheManifest()
    {
        using ModuleSession session = new();
        Assembly assembly = ((CmdletInfo)Assert.Single(session.RunClean("Get-Command Import-FeatureMatrix").Output).BaseObject).ImplementingType.Assembly;
        IEnumerable<string> commands = assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>()
            .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}");
        Assert.Equal(ModuleManifest.CmdletsToExport.Order(), commands.Order());
    }

    [Fact]
    public void TheModuleCanBeImportedAgainByForceAndStillWorks()
    {
        using ModuleSession session = new();
        session.Set("manifest", ModuleManifest.Path);
        ScriptResult result = session.RunClean("""
            $before = , (1, 0) | ConvertTo-FeatureMatrix
            Import-Module $manifest -Force
            Import-Module $manifest -Force
            $after = , (0, 1) | ConvertTo-FeatureMatrix
            $after.GetType().Equals($before.GetType())
            (Get-Module GnnReRank).ExportedCmdlets.Count
            """);
        Assert.Equal([true, ModuleManifest.CmdletsToExport.Length], result.Output.Select(value => value.BaseObject));
    }

    [Fact]
    public void ScriptsNameTheModulesTypesAndNoTypeOfADependency()
    {
        using ModuleSession session = new();
        Assert.Equal("GnnReRank.Core", session.RunClean("[GnnReRank.FeatureMatrix].Assembly.GetName().Name").Single<string>());
        foreach (string type in (string[])["ILGPU.Context", "ParquetSharp.ParquetFileReader", "Apache.Arrow.RecordBatch"])
        {
            Assert.Equal("TypeNotFound", session.Run($"[{type}]").ErrorId);
        }
    }

    [Fact]
    public void ImportingLoadsNoDependency()
    {
        string[] loaded = LoadedAssemblies(string.Empty);
        Assert.Contains("GnnReRank GnnReRank.Core", loaded);
        Assert.DoesNotContain(loaded, line => s_dependencies.Any(dependency => line.Contains(dependency, StringComparison.Ordinal)));
    }

    [Fact]
    public void ADependencyInUseStaysInTheModulesOwnLoadContext()
    {
        string file = Path.Combine(TestPaths.Repository, "examples", "data", "digits-query.parquet");
        string[] loaded = LoadedAssemblies($"$null = Import-FeatureMatrix '{file}';");
        Assert.Contains("GnnReRank ParquetSharp", loaded);
        Assert.DoesNotContain(loaded, line => s_dependencies.Any(dependency => line.StartsWith($"Default {dependency}", StringComparison.Ordinal)));
    }

    /// <summary>Load context and name of each assembly of a fresh process after the module's import and the script.</summary>
    private static string[] LoadedAssemblies(string script)
    {
        ShellRun run = ShellProcess.Run("-Command", script + """
             foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
                 foreach ($assembly in $context.Assemblies) { "$($context.Name) $($assembly.GetName().Name)" }
             }
            """);
        Assert.Equal(string.Empty, run.Error);
        return run.Output.Split('\n');
    }
}
