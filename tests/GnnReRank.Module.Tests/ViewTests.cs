using System.Xml.Linq;

namespace GnnReRank.Tests.Module;

/// <summary>How results look on a screen of 80 columns.</summary>
public sealed class ViewTests : IDisposable
{
    private readonly ScreenHost _screen = new();
    private readonly ModuleSession _session;

    public ViewTests()
    {
        _session = new ModuleSession(_screen);
        NumPyFile.WriteSets(
            _session["sets.npz"],
            LabelledRows.Made(12, 17, 6, seed: 2, cameraCount: 2),
            LabelledRows.Made(60, 17, 6, seed: 3, cameraCount: 3));
        _session.RunClean("""
            $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
            $graph = $sets | New-NeighborGraph
            $ranking = $graph | Invoke-GnnReRank -Variant Reference -K1 20 -K2 10
            $cut = $sets | Search-FeatureMatrix -Top 5
            $accuracy = $ranking | Measure-RetrievalAccuracy
            """);
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("$sets", "Role Rows Dimension Identities Cameras Names Source", "Query 12 17 6 2 False sets.npz")]
    [InlineData("Get-ReRankDevice", "Id Name Memory Capability Usable", "yes")]
    [InlineData("$graph", "Vertices Neighbors Queries Gallery Source", "72 26 12 60")]
    [InlineData("$ranking", "Queries Gallery Depth Method", "12 60 all GNN Reference k1=20 k2=10 L=2 alpha=2 lambda=0.3")]
    [InlineData("$cut", "Queries Gallery Depth Method", "12 60 5 Cosine")]
    [InlineData("$accuracy", "Mean % R@1 % R@5 % R@10 % mINP % Method", "GNN Reference k1=20 k2=10 L=2 alpha=2")]
    [InlineData("$accuracy.PerQuery", "Query Label Good AP % First INP % Name", "0 0 6")]
    [InlineData("$cut | Expand-Ranking -QueryIndex 3 -Top 2", "Rank Score Match Gallery Label Name", "Query 3, label 3")]
    public void ATableFitsAndShowsWhatMatters(string script, string header, string line)
    {
        string[] lines = Show(script);
        Assert.Contains(lines, shown => Squeezed(shown) == header);
        Assert.Contains(lines, shown => Squeezed(shown).Contains(line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.npy", "", "Float32", "False")]
    [InlineData("(mapped) a.npy", "-MemoryMapped", "Float32", "True")]
    [InlineData("(float16) a.npy", "-ElementType Float16", "Float16", "False")]
    [InlineData("(mapped float16) half.npy", "-MemoryMapped", "Float16", "True")]
    public void AMatrixShowsHowItsValuesAreKept(string source, string parameters, string elementType, string mapped)
    {
        float[,] values = LabelledRows.Made(9, 17, 6, seed: 2).Values;
        NumPyFile.WriteNpy(_session["a.npy"], values);
        NumPyFile.WriteHalfNpy(_session["half.npy"], values);
        _session.RunClean($"$kept = Import-FeatureMatrix {source.Split(' ')[^1]} {parameters}");
        Assert.Contains(Show("$kept"), line => Squeezed(line).EndsWith($"False {source}", StringComparison.Ordinal));
        string[] list = [.. Show("$accuracy, $kept").Select(Squeezed)];
        Assert.Contains($"ElementType : {elementType}", list);
        Assert.Contains($"IsMemoryMapped : {mapped}", list);
    }

    [Fact]
    public void TheMeanOfACutRankingHasItsOwnName()
    {
        Assert.Contains(Show("$accuracy"), line => line.StartsWith("mAP in %: Market1501, Trapezoid AP, over 12 valid of 12 queries", StringComparison.Ordinal));
        Assert.Contains(Show("$ranking | Measure-RetrievalAccuracy -Divide All"), line => line.EndsWith("over all 12 queries", StringComparison.Ordinal));
        string[] cut = Show("$cut | Measure-RetrievalAccuracy");
        Assert.Contains(cut, line => line.StartsWith("mAP@5 in %: ", StringComparison.Ordinal));
        Assert.DoesNotContain(cut, line => line.Contains("mAP in %", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RevisitedOxfordParis -GroundTruth $truth", "Setup Mean % mP@1 % mP@5 % mP@10 % Queries Method", "Hard")]
    [InlineData("University1652", "R@1 % R@5 % R@10 % Top1% % Mean % Method", "100.00")]
    [InlineData("VehicleId -Seed 4", "Mean % R@1 % R@5 % R@10 % mINP % Method", "Mean of 10 drawn galleries, seed 4")]
    [InlineData("Gldv2 -GroundTruth $truth", "Mean % R@1 % R@5 % R@10 % mINP % Method", "mAP@100 in %: Gldv2, Uninterpolated AP, over all 12 queries")]
    [InlineData("RevisitedOxfordParis -GroundTruth $truth -Divide All -Difficulty Easy", "Setup Mean % mP@1 % mP@5 % mP@10 % Queries Method", "Easy")]
    public void AProtocolShowsItsOwnFigures(string protocol, string header, string line)
    {
        MakeTruth();
        string[] lines = [.. Show($"$ranking | Measure-RetrievalAccuracy -Protocol {protocol}").Select(Squeezed)];
        Assert.Contains(header, lines);
        Assert.Contains(lines, shown => shown.StartsWith(line, StringComparison.Ordinal));
    }

    [Fact]
    public void ASetAgainstItselfShowsItsOwnFigures()
    {
        string[] lines = Show("Search-FeatureMatrix $sets[1] $sets[1] -WarningAction Ignore | Measure-RetrievalAccuracy -Protocol CUB200");
        Assert.Contains(lines, line => Squeezed(line) == "R@1 % R@10 % MAP@R % R-P % Mean % Method");
    }

    [Fact]
    public void ASetupIsNamedInWhateverTableItStands()
    {
        MakeTruth();
        string[] lines = Show("$accuracy, ($ranking | Measure-RetrievalAccuracy -Protocol ROxford5k -GroundTruth $truth)");
        Assert.Contains(lines, line => line.StartsWith("mAP in %: RevisitedOxfordParis Hard, Trapezoid AP", StringComparison.Ordinal));
    }

    private void MakeTruth() => _session.RunClean("""
        $lists = 0..11 | ForEach-Object { [GnnReRank.QueryTruth] @{ Easy = [int[]] $_; Hard = [int[]] ($_ + 12) } }
        $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] $lists, 60)
        """);

    [Theory]
    [InlineData(85_520_809_984, "79.6 GB")]
    [InlineData(1L << 30, "1.0 GB")]
    [InlineData((1L << 30) - (1L << 20), "1023 MB")]
    [InlineData(536_870_912, "512 MB")]
    public void MemoryIsShownInSizesForPeople(long bytes, string expected)
    {
        XDocument views = XDocument.Load(Path.Combine(TestPaths.Repository, "module", "GnnReRank.Format.ps1xml"));
        string[] scripts =
        [
            .. views.Descendants("ScriptBlock").Select(block => block.Value)
                .Where(script => script.Contains("MemoryBytes", StringComparison.Ordinal)),
        ];
        Assert.Equal(2, scripts.Length);
        _session.Set("bytes", bytes);
        Assert.All(scripts, script => Assert.Equal(
            expected,
            _session.RunClean($"@{{ MemoryBytes = $bytes }} | ForEach-Object {{ {script} }}").Single<string>()));
    }

    [Fact]
    public void PercentHasTwoDecimals()
    {
        double mean = (double)_session.RunClean("$accuracy")["mAP"]!;
        Assert.Contains(Show("$accuracy"), line => Squeezed(line).StartsWith(FormattableString.Invariant($"{100 * mean:F2} "), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$sets[0]", "FeatureMatrix")]
    [InlineData("$graph", "NeighborGraph")]
    [InlineData("$ranking", "Ranking")]
    [InlineData("$accuracy", "RetrievalAccuracy")]
    [InlineData("$accuracy.PerQuery[0]", "QueryAccuracy")]
    [InlineData("$ranking | Expand-Ranking -Top 1 -QueryIndex 0", "RankingEntry")]
    [InlineData("Get-ReRankDevice Cpu", "ReRankDevice")]
    public void EveryTypeHasATableAndAListView(string script, string type)
    {
        Assert.Equal($"GnnReRank.{type}", _session.RunClean(script).Output[0].BaseObject.GetType().FullName);
        XDocument views = XDocument.Load(Path.Combine(TestPaths.Repository, "module", "GnnReRank.Format.ps1xml"));
        XElement[] own = [.. views.Descendants("View").Where(view => view.Descendants("TypeName").Single().Value == $"GnnReRank.{type}")];
        Assert.Single(own, view => view.Element("TableControl") is not null);
        Assert.Single(own, view => view.Element("ListControl") is not null);
    }

    [Fact]
    public void AResultAmongOthersShowsItsFiguresAndNoCurve()
    {
        string[] lines = Show("$sets[0], $accuracy, $ranking, $sets[1]");
        Assert.Contains(lines, line => Squeezed(line).StartsWith("mAP :", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("Cmc", StringComparison.Ordinal) || line.StartsWith("PerQuery", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("Labels", StringComparison.Ordinal));
    }

    [Fact]
    public void EveryPropertyThatAViewNamesExists()
    {
        XDocument views = XDocument.Load(Path.Combine(TestPaths.Repository, "module", "GnnReRank.Format.ps1xml"));
        foreach (XElement view in views.Descendants("View"))
        {
            string type = view.Descendants("TypeName").Single().Value;
            foreach (string property in view.Descendants("PropertyName").Select(name => name.Value))
            {
                Assert.True(
                    _session.RunClean($"$null -ne [{type}].GetProperty('{property}')").Single<bool>(),
                    $"{view.Element("Name")!.Value}: {type} has no property {property}.");
            }
        }
    }

    private string[] Show(string script)
    {
        _session.RunClean($"{script} | Out-Default");
        string[] lines = _screen.TakeText().Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= ScreenRawUI.Columns, line));
        return lines;
    }

    private static string Squeezed(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
