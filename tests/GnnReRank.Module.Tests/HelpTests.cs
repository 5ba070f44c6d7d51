using System.Management.Automation;

namespace GnnReRank.Tests.Module;

/// <summary>Every command explains itself, and what its examples show works.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public static TheoryData<string> Commands => [.. ModuleManifest.CmdletsToExport];

    public static TheoryData<string, int> Examples
    {
        get
        {
            using ModuleSession session = new();
            TheoryData<string, int> data = [];
            foreach (string command in ModuleManifest.CmdletsToExport)
            {
                for (int i = 0; i < ExampleCode(session, command).Length; i++)
                {
                    data.Add(command, i + 1);
                }
            }

            return data;
        }
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void ACommandSaysWhatItDoes(string command)
    {
        _session.Set("command", command);
        ScriptResult help = _session.RunClean("$help = Get-Help $command -Full; [string] $help.Synopsis; @($help.description).Text -join ' '");
        string synopsis = (string)help.Output[0].BaseObject;
        Assert.EndsWith(".", synopsis.Trim());
        Assert.DoesNotContain(command, synopsis);
        Assert.True(((string)help.Output[1].BaseObject).Length > 60);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void ACommandExplainsEveryParameter(string command)
    {
        _session.Set("command", command);
        ScriptResult help = _session.RunClean("""
            $explained = @((Get-Help $command -Full).parameters.parameter)
            foreach ($parameter in $explained) { if (@($parameter.description).Text.Trim()) { $parameter.name } }
            """);
        IEnumerable<string> parameters = _session.RunClean("(Get-Command $command).Parameters.Keys").Output
            .Select(name => (string)name.BaseObject)
            .Where(name => !Cmdlet.CommonParameters.Contains(name));
        Assert.Equal(parameters.Order(), help.Output.Select(name => (string)name.BaseObject).Order());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void ACommandShowsItsSyntaxOnceForEachParameterSet(string command)
    {
        _session.Set("command", command);
        ScriptResult result = _session.RunClean("@((Get-Help $command).syntax.syntaxItem).Count; (Get-Command $command).ParameterSets.Count");
        Assert.Equal(result.Output[1].BaseObject, result.Output[0].BaseObject);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void ACommandHasAtLeastThreeExamples(string command) => Assert.True(ExampleCode(_session, command).Length >= 3);

    [Theory]
    [MemberData(nameof(Examples))]
    public void AnExampleRuns(string command, int number)
    {
        PrepareFiles();
        string code = ExampleCode(_session, command)[number - 1];
        ScriptResult result = _session.Run(code);
        Assert.Empty(result.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void TheAboutTopicIsFoundAndItsLinesFitAScreen()
    {
        string text = _session.RunClean("Get-Help about_GnnReRank | ForEach-Object ToString").Single<string>();
        Assert.Contains("SHORT DESCRIPTION", text);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    private static string[] ExampleCode(ModuleSession session, string command)
    {
        session.Set("command", command);
        return [.. session.RunClean("@((Get-Help $command -Full).examples.example).code").Output.Select(code => (string)code.BaseObject)];
    }

    /// <summary>The files that the examples speak of: 20 queries and 80 gallery rows of 10 identities.</summary>
    private void PrepareFiles()
    {
        LabelledRows query = LabelledRows.Made(20, 16, 10, seed: 2, cameraCount: 2);
        LabelledRows gallery = LabelledRows.Made(80, 16, 10, seed: 3, cameraCount: 3);
        MatlabFile.WriteSets(_session["market.mat"], query, gallery);
        NumPyFile.WriteSets(_session["market.npz"], query, gallery);
        NumPyFile.WriteNpy(_session["features.npy"], gallery.Values);
        NumPyFile.WriteNpy(_session["query.npy"], query.Values);
        string[] images = MarketFolder.Write(_session, "market", query, gallery);
        Directory.CreateDirectory(_session["vehicles"]);
        File.WriteAllLines(_session["vehicles", "test_list_800.txt"], gallery.Labels.Select((label, row) => $"{images[query.Labels.Length + row]} {label}"));
        // In a scope of its own: an example that forgets to make its variables must fail.
        _session.RunClean("""
            & {
                $query, $gallery = Import-FeatureMatrix market.npz -Set Query, Gallery
                $query | Export-FeatureMatrix query.parquet
                $gallery | Export-FeatureMatrix gallery.parquet
                $graph = New-NeighborGraph $query $gallery -NeighborCount 60
                $graph | Export-NeighborGraph graph.parquet
                $graph | Export-NeighborGraph neighbors.npy -ScorePath neighbors.scores.npy
                $rows = foreach ($set in $query, $gallery) { for ($row = 0; $row -lt $set.RowCount; $row++) { , $set.GetRow($row) } }
                foreach ($part in @{ named = 0..99; named_query = 0..19; named_gallery = 20..99 }.GetEnumerator()) {
                    [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows[$part.Value], $null, $null, [string[]] $marketNames[$part.Value]) |
                        Export-FeatureMatrix "$($part.Key).parquet"
                }
            }
            """);
    }
}
