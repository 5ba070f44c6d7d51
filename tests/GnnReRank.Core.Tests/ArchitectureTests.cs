using System.Text.RegularExpressions;

namespace GnnReRank.Tests;

/// <summary>The walls of docs/ARCHITECTURE.md: which room of the engine may name the types of which other.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string s_core = Path.Combine(TestPaths.Repository, "src", "GnnReRank.Core");

    /// <summary>Every type lies in a file of its own name, so a folder's file names are its types.</summary>
    private static readonly Dictionary<string, string> s_roomOfType = SourceFiles(s_core)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), Room, StringComparer.Ordinal);

    [Fact]
    public void TheEngineKnowsNoPowerShell()
    {
        IEnumerable<string?> references = typeof(FeatureMatrix).Assembly.GetReferencedAssemblies().Select(name => name.Name);
        Assert.DoesNotContain(references, name => name!.Contains("PowerShell", StringComparison.Ordinal) || name == "System.Management.Automation");
    }

    [Theory]
    [InlineData("Running", "Data", "Datasets", "Reports", "Formats", "Graph", "ReRanking", "Evaluation", "Packing", "Compute", "Tuning", "Index")]
    [InlineData("Data", "Compute", "Datasets", "Reports", "Formats", "Graph", "ReRanking", "Evaluation", "Packing", "Tuning", "Index")]
    [InlineData("Compute", "Datasets", "Reports", "Formats", "Graph", "ReRanking", "Evaluation", "Packing", "Tuning", "Index")]
    [InlineData("Graph", "Datasets", "Reports", "Formats", "ReRanking", "Evaluation", "Tuning", "Index")]
    [InlineData("Formats", "Compute", "Datasets", "Reports", "Graph", "ReRanking", "Evaluation", "Tuning", "Index")]
    [InlineData("ReRanking", "Datasets", "Reports", "Formats", "Evaluation", "Tuning", "Index")]
    [InlineData("Evaluation", "Compute", "Formats", "Graph", "ReRanking", "Datasets", "Reports", "Packing", "Tuning", "Index")]
    [InlineData("Datasets", "Compute", "Graph", "ReRanking", "Reports", "Tuning", "Index")]
    [InlineData("Reports", "Compute", "Graph", "ReRanking", "Datasets", "Tuning", "Index")]
    [InlineData("Evaluation/Protocols", "Evaluation/Measuring", "Evaluation/Comparison", "Evaluation/Inspection")]
    [InlineData("Evaluation/Measuring", "Evaluation/Comparison", "Evaluation/Inspection")]
    [InlineData("Evaluation/Comparison", "Evaluation/Inspection")]
    [InlineData("Evaluation/Inspection", "Evaluation/Comparison")]
    [InlineData("Packing", "Graph", "Datasets", "Reports", "Formats", "Compute", "Tuning", "Index")]
    [InlineData("Tuning", "Compute", "Datasets", "Reports", "Formats", "Packing", "Index")]
    [InlineData("Index", "Datasets", "Reports", "Evaluation", "Tuning")]
    public void ARoomNamesNoTypeOf(string room, params string[] others)
    {
        string[] offences =
        [
            .. from file in SourceFiles(Path.Combine(s_core, room))
               from name in NamesIn(File.ReadAllLines(file))
               where s_roomOfType.TryGetValue(name, out string? owner) && others.Any(other => owner == other || owner.StartsWith($"{other}/", StringComparison.Ordinal))
               select $"{Path.GetFileName(file)} names {name} of {s_roomOfType[name]}",
        ];
        Assert.Empty(offences);
    }

    // A reader who opens a folder can know it without those that are built on it.
    [Theory]
    [InlineData("GnnReRank.Core")]
    [InlineData("GnnReRank.Cluster")]
    public void NoFoldersStandInACircle(string project)
    {
        string root = Path.Combine(TestPaths.Repository, "src", project);
        Dictionary<string, string> roomOfType = SourceFiles(root)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => Room(root, file), StringComparer.Ordinal);
        Dictionary<string, string[]> named = SourceFiles(root)
            .GroupBy(file => Room(root, file), file => NamesIn(File.ReadAllLines(file)), StringComparer.Ordinal)
            .ToDictionary(
                room => room.Key,
                room => room.SelectMany(names => names)
                    .Where(roomOfType.ContainsKey)
                    .Select(name => roomOfType[name])
                    .Where(other => other != room.Key)
                    .Distinct()
                    .ToArray(),
                StringComparer.Ordinal);

        // What names nothing that is left stands in no circle.
        string[] left = [.. named.Keys];
        int before;
        do
        {
            before = left.Length;
            left = [.. left.Where(room => named[room].Any(left.Contains))];
        }
        while (left.Length < before);

        Assert.Empty(left.Select(room => $"{room} names {string.Join(", ", named[room].Where(left.Contains))}"));
    }

    // Whoever needs to know what is special about a protocol asks for a trait, so that a new one is an entry of KnownProtocols.
    [Fact]
    public void ProtocolsAreNamedOnlyWhereTheyAreDefinedOrChosen()
    {
        string[] offences =
        [
            .. from file in SourceFiles(s_core).Concat(SourceFiles(Path.Combine(TestPaths.Repository, "src", "GnnReRank")))
               where Path.GetFileName(file) is not ("KnownProtocols.cs" or "ProtocolChoice.cs" or "DatasetProtocols.cs")
               from line in File.ReadAllLines(file)
               where line.Contains($"{nameof(EvaluationProtocol)}.", StringComparison.Ordinal)
               select $"{Path.GetFileName(file)}: {line.Trim()}",
        ];
        Assert.Empty(offences);
    }

    [Fact]
    public void EveryPublicTypeLiesInAFileOfItsName()
    {
        IEnumerable<string> types = typeof(FeatureMatrix).Assembly.GetTypes()
            .Where(type => type.IsPublic)
            .Select(type => type.Name.Split('`')[0]);
        Assert.Empty(types.Except(s_roomOfType.Keys));
    }

    // Opening a pipe waits for its writer, and a link has a length of its own: whatever is read is opened where that is known.
    [Fact]
    public void OnlyOnePlaceOpensTheFilesThatAreRead()
    {
        string[] openings = ["File.OpenRead(", "File.ReadAll", "File.ReadLines(", "File.OpenText(", "new StreamReader(path", "FileMode.Open,", "new FileInfo("];
        string[] offences =
        [
            .. from room in new[] { "Formats", "Datasets", "Reports", "Index" }
               from file in SourceFiles(Path.Combine(s_core, room))
               where Path.GetFileName(file) is not ("InputFile.cs" or "LinkTarget.cs" or "AtomicFile.cs" or "HiddenFile.cs")
               from line in File.ReadAllLines(file)
               where openings.Any(opening => line.Replace("InputFile.", "", StringComparison.Ordinal).Contains(opening, StringComparison.Ordinal))
               select $"{Path.GetFileName(file)}: {line.Trim()}",
        ];
        Assert.Empty(offences);
    }

    /// <summary>
    /// A fault of the module is none of the file: whoever catches what is thrown for a reason of the program, or everything, takes the one
    /// for the other. Libraries are called alone, in the places named here.
    /// </summary>
    [Theory]
    [InlineData("Formats", "LibraryBoundary", "LibraryStream", "JsonText", "ParquetColumn")]
    [InlineData("Datasets")]
    [InlineData("Reports", "Thumbnail")]
    [InlineData("Data")]
    [InlineData("Evaluation")]
    [InlineData("Graph")]
    [InlineData("Index")]
    [InlineData("Packing")]
    [InlineData("ReRanking")]
    [InlineData("Tuning")]
    public void NothingTakesAFaultOfTheModuleForDamage(string room, params string[] boundaries)
    {
        string[] offences =
        [
            .. from file in SourceFiles(Path.Combine(s_core, room))
               where !boundaries.Contains(Path.GetFileNameWithoutExtension(file))
               from line in File.ReadAllLines(file)
               where CatchOfFaults().IsMatch(line)
               select $"{Path.GetFileName(file)}: {line.Trim()}",
        ];
        Assert.Empty(offences);
    }

    /// <summary>Whoever catches everything to clean up throws it on.</summary>
    [Fact]
    public void WhatIsCaughtToCleanUpIsThrownOn()
    {
        string[] offences =
        [
            .. from file in SourceFiles(s_core)
               from Match block in CatchOfAll().Matches(File.ReadAllText(file))
               where !block.Value.Contains("throw;", StringComparison.Ordinal)
               select $"{Path.GetFileName(file)}: {block.Value.Trim()}",
        ];
        Assert.Empty(offences);
    }

    private static IEnumerable<string> SourceFiles(string folder)
    {
        string[] built = [Path.Combine(folder, "bin"), Path.Combine(folder, "obj")];
        return Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !built.Any(skipped => file.StartsWith(skipped, StringComparison.Ordinal)));
    }

    /// <summary>The folder of a file, below the engine's: "Evaluation/Protocols".</summary>
    private static string Room(string file) => Room(s_core, file);

    private static string Room(string root, string file) =>
        Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '/');

    private static IEnumerable<string> NamesIn(IEnumerable<string> lines) => lines
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .SelectMany(line => Identifier().Matches(StringLiteral().Replace(line, "\"\"")))
        .Select(match => match.Value)
        .Distinct();

    [GeneratedRegex(@"catch \((Exception\b(?!.*\bwhen \(\w+ is [A-Z])|.*(?<!UnauthorizedAccess)\b(NotSupported|NotImplemented|NullReference|IndexOutOfRange|InvalidCast|InvalidOperation|Argument\w*|KeyNotFound|Overflow|Arithmetic|Format)Exception)|catch \(Exception.* is not ")]
    private static partial Regex CatchOfFaults();

    // To the brace that stands under the catch.
    [GeneratedRegex(@"^( *)catch\s*$.*?^\1\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CatchOfAll();

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Identifier();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex StringLiteral();
}
