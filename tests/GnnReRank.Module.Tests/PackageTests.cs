using System.Text.Json;

namespace GnnReRank.Tests.Module;

/// <summary>The folder that build.ps1 -Task Pack leaves.</summary>
public sealed class PackageTests
{
    private static readonly Lazy<string> s_package = new(Pack);

    [Fact]
    public void ItHasNativeLibrariesForThreePlatformsAndNoOthers()
    {
        string runtimes = Path.Combine(s_package.Value, "module", "lib", "runtimes");
        Assert.Equal(["linux-x64", "osx-arm64", "win-x64"], Directory.GetDirectories(runtimes).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetDirectories(runtimes), platform => Assert.NotEmpty(Directory.GetFiles(platform, "*", SearchOption.AllDirectories)));
    }

    [Fact]
    public void ItHasWhatAUserNeedsAndNothingOfTheBuild()
    {
        string[] files = [.. Directory.GetFiles(s_package.Value, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(s_package.Value, file))];
        foreach (string file in (string[])["GnnReRank.psd1", "LICENSE", "THIRD-PARTY-NOTICES.md", "README.md", "CHANGELOG.md", Path.Combine("en-US", "about_GnnReRank.help.txt")])
        {
            Assert.Contains(file, files);
        }

        string[] unwanted = [".pdb", ".cs", "System.Management.Automation.dll"];
        Assert.DoesNotContain(files, file => unwanted.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void EveryLibraryOfOthersIsInTheNoticesWithItsVersion()
    {
        string library = Path.Combine(s_package.Value, "module", "lib");
        string[] notices = File.ReadAllLines(Path.Combine(s_package.Value, "THIRD-PARTY-NOTICES.md"));
        using JsonDocument dependencies = JsonDocument.Parse(File.ReadAllText(Path.Combine(library, "GnnReRank.deps.json")));
        string[] packages = [.. dependencies.RootElement.GetProperty("libraries").EnumerateObject().Select(package => package.Name)];
        string[] others =
        [
            .. Directory.GetFiles(library, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(name => !name.StartsWith("GnnReRank", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(others);
        foreach (string name in others)
        {
            string[] line = Assert.Single(notices, row => row.StartsWith($"| {name}.dll", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);
            Assert.Contains($"{line[2]}/{line[3]}", packages);
        }
    }

    [Fact]
    public void ItIsImportedByNameFromAModuleFolderAndReadsParquet()
    {
        using TemporaryFolder folder = new();
        CopyFolder(s_package.Value, folder["GnnReRank", ModuleManifest.Version]);
        string file = Path.Combine(TestPaths.Repository, "examples", "data", "digits-query.parquet");
        string script = $"""
            Remove-Module GnnReRank
            $env:PSModulePath = '{folder.Path}'
            Import-Module GnnReRank
            (Get-Module GnnReRank).ModuleBase
            (Import-FeatureMatrix '{file}').RowCount
            (Get-Help Import-FeatureMatrix).Synopsis
            """;
        ShellRun run = ShellProcess.Run("-Module", Path.Combine(folder["GnnReRank", ModuleManifest.Version], "GnnReRank.psd1"), "-Command", script);
        Assert.Equal(string.Empty, run.Error);
        string[] lines = run.Output.Split('\n');
        Assert.Equal([folder["GnnReRank", ModuleManifest.Version], "300"], lines[..2]);
        Assert.StartsWith("Reads image features", lines[2]);
    }

    /// <summary>Packs what is built: building again would replace the files that these tests have loaded.</summary>
    private static string Pack()
    {
        ShellRun run = ShellProcess.Run(Path.Combine(TestPaths.Repository, "build.ps1"), "-Task", "Pack", "-NoBuild");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return Path.Combine(TestPaths.Repository, "output", "GnnReRank", ModuleManifest.Version);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
