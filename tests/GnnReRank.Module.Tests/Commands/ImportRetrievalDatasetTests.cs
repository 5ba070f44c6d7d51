namespace GnnReRank.Tests.Module.Commands;

/// <summary>
/// A Market-1501 of two queries and five gallery images; features are points on a circle, so that rankings can be read off the angles.
/// </summary>
public sealed class ImportRetrievalDatasetTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public ImportRetrievalDatasetTests()
    {
        (string Name, int Degrees)[] images =
        [
            ("query/0001_c1s1_000001_00.jpg", 0),
            ("query/0002_c1s1_000002_00.jpg", 90),
            ("bounding_box_test/0001_c2s1_000003_00.jpg", 10),
            ("bounding_box_test/0002_c2s1_000004_00.jpg", 20),
            ("bounding_box_test/-1_c2s1_000005_00.jpg", 5),
            ("bounding_box_test/0001_c1s1_000006_00.jpg", 2),
            ("bounding_box_test/0001_c3s1_000007_00.jpg", 40),
        ];
        Directory.CreateDirectory(_session["market", "query"]);
        Directory.CreateDirectory(_session["market", "bounding_box_test"]);
        foreach ((string name, int _) in images)
        {
            File.WriteAllBytes(_session["market", name], []);
        }

        _session.Set("names", images.Select(image => image.Name).ToArray());
        _session.Set("degrees", images.Select(image => image.Degrees).ToArray());
        _session.RunClean("""
            function Features([int[]] $images, [string] $role = 'None') {
                $rows = foreach ($image in $images) { $angle = $degrees[$image] * [Math]::PI / 180; , [float[]] ([Math]::Cos($angle), [Math]::Sin($angle)) }
                [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, $null, $null, [string[]] $names[$images], $role)
            }
            $WarningPreference = 'SilentlyContinue'
            $all = Features 6, 3, 0, 5, 2, 1, 4
            """);
    }

    public void Dispose() => _session.Dispose();

    // Query 1 at 0 degrees sees 0001_c1 (2, same camera: junk), -1 (5, junk), 0001_c2 (10), 0002_c2 (20), 0001_c3 (40). Without junk its
    // two good images are at ranks 0 and 2: AP = 1/2 (1 + 1)/2 + 1/2 (1/2 + 2/3)/2 = 19/24.
    // Query 2 at 90 degrees sees 0001_c3 (50 away), 0002_c2 (70), 0001_c2, -1, 0001_c1: its one good image is at rank 1: AP = (0 + 1/2)/2 = 1/4.
    // mAP = (19/24 + 6/24) / 2 = 25/48. Rank1 = 1/2.
    [Theory]
    [InlineData("$set | Search-FeatureMatrix", "-Protocol $set.Protocol")]
    [InlineData("Search-FeatureMatrix -Query $set.Query -Gallery $set.Gallery", "-Protocol Market-1501")]
    [InlineData("Search-FeatureMatrix -InputObject $set", "-GroundTruth $set")]
    public void AFigureOfTheWholeJobIsTheHandWorkedOne(string search, string protocol)
    {
        ScriptResult result = _session.RunClean($$"""
            $set = Import-RetrievalDataset Market1501 market -Features $all
            {{search}} | Measure-RetrievalAccuracy {{protocol}}
            """);
        Assert.Equal(25.0 / 48, (double)result["mAP"]!, 1e-12);
        Assert.Equal(0.5, (double)result["Rank1"]!, 1e-12);
        Assert.Equal("Market1501", $"{result["Protocol"]}");
    }

    [Theory]
    [InlineData("$set | Invoke-GnnReRank -K1 3 -K2 2")]
    [InlineData("$set | New-NeighborGraph -K 3 | Invoke-GnnReRank -K1 3 -K2 2")]
    public void ADataSetGoesIntoReRankingAsItsTwoMatrices(string script)
    {
        const string show = "\"$($ranking.GetIndices(0)) $($ranking.GetIndices(1)) $($ranking.GetScores(0))\"";
        _session.RunClean("$set = Import-RetrievalDataset Market1501 market -Features $all");
        string expected = _session.RunClean($"$ranking = Invoke-GnnReRank $set.Query $set.Gallery -K1 3 -K2 2; {show}").Single<string>();
        Assert.Equal(expected, _session.RunClean($"$ranking = {script}; {show}").Single<string>());
    }

    [Theory]
    [InlineData("Import-RetrievalDataset Market1501 market -Query (Features (1, 0)) -Gallery (Features (2..6))")]
    [InlineData("(Features (2..6) Gallery), (Features (1, 0) Query) | Import-RetrievalDataset Market1501 market")]
    [InlineData("$all | Import-RetrievalDataset -Dataset market-1501 -LiteralPath market")]
    [InlineData("Import-RetrievalDataset Market1501 market -Features (Features 0, 1, 6, 4, 2, 3, 5) -RequireAll")]
    public void EveryWayToGiveTheFeaturesGivesTheSameRows(string script)
    {
        const string show = "\"$($set.Query.Labels) $($set.Query.Cameras) $($set.Query[1, 1]) $($set.Gallery.Labels) $($set.Gallery.Cameras) $($set.Gallery.Names)\"";
        string expected = _session.RunClean($"$set = Import-RetrievalDataset Market1501 market -Features $all; {show}").Single<string>();
        Assert.StartsWith("1 2 1 1 1 -1 1 1 1 2 2 1 2 3 2 bounding_box_test/-1_c2s1_000005_00.jpg ", expected);
        Assert.Equal(expected, _session.RunClean($"$set = {script}; {show}").Single<string>());
    }

    [Fact]
    public void RowsInOrderNeedNoNames()
    {
        ScriptResult result = _session.RunClean("""
            $bare = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((1, 0), (0, 1)))
            (Import-RetrievalDataset Market1501 market -Query $bare -InOrder).Query.Names
            """);
        Assert.Equal(["query/0001_c1s1_000001_00.jpg", "query/0002_c1s1_000002_00.jpg"], result.Output.Select(name => (string)name.BaseObject));
    }

    [Fact]
    public void WhatIsLeftOutIsWarnedOfAndListed()
    {
        ScriptResult result = _session.Run("""
            $WarningPreference = 'Continue'
            $set = Import-RetrievalDataset Market1501 market -Variant WithoutJunk -Features (Features (1..6))
            "$($set.UnmatchedImages.Image.Name) $($set.UnmatchedFeatures.Name)"
            """);
        Assert.Equal("query/0001_c1s1_000001_00.jpg bounding_box_test/-1_c2s1_000005_00.jpg", result.Single<string>());
        Assert.Contains(result.Warnings, line => line.StartsWith("1 of 2 queries have no feature row", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, line => line.StartsWith("1 feature rows name no image", StringComparison.Ordinal));
    }

    [Fact]
    public void WhereAllAreRequiredNothingIsLeftOut() => Assert.Equal(
        "DatasetIncomplete", _session.Run("Import-RetrievalDataset Market1501 market -Features (Features (1..6)) -RequireAll").ErrorId);

    [Fact]
    public void ADataSetWithoutFeaturesIsRefusedByTheNextCommandWithAdvice()
    {
        ScriptResult result = _session.Run("Import-RetrievalDataset Market1501 market | Search-FeatureMatrix");
        Assert.Contains("no features of its queries", result.Errors[0].Exception.Message);
        Assert.Contains("-Features", result.Errors[0].Exception.Message);
    }

    [Theory]
    [InlineData("CUHK03-NP", "Cuhk03NP")]
    [InlineData("VeRi-776", "VeRi776")]
    [InlineData("SOP", "StanfordOnlineProducts")]
    [InlineData("DukeMTMC-reID", "DukeMtmc")]
    [InlineData("msmt17", "Msmt17")]
    [InlineData("CUB-200-2011", "Cub200")]
    [InlineData("Oxford-5k", "Oxford5k")]
    public void ADataSetGoesByItsPublishedName(string name, string kind)
    {
        ScriptResult result = _session.Run($"Import-RetrievalDataset '{name}' nowhere");
        Assert.Equal("DatasetNotFound", result.ErrorId);
        Assert.Contains($"the folder of {kind},", result.Error.Exception.Message);
    }

    [Fact]
    public void AnUnknownNameIsAnErrorThatListsTheKnownOnes()
    {
        ScriptResult result = _session.Run("Import-RetrievalDataset CIFAR-10 market");
        Assert.Contains("'CIFAR-10' is no data set that can be read. Known are Market1501, DukeMtmc", result.Error.Exception.Message);
    }

    [Fact]
    public void ASeedDrawsTheGalleryOfVehicleId()
    {
        // Two vehicles of three images each.
        File.WriteAllLines(_session["test_list_800.txt"], ["0000001 7", "0000002 7", "0000003 7", "0000004 9", "0000005 9", "0000006 9"]);
        Assert.Equal("6 6", Sizes("Import-RetrievalDataset VehicleID test_list_800.txt"));
        Assert.Equal("4 2", Sizes("Import-RetrievalDataset VehicleID test_list_800.txt -Seed 1"));
    }

    private string Sizes(string script) => _session.RunClean($"$set = {script}; \"$($set.QueryImages.Count) $($set.GalleryImages.Count)\"").Single<string>();
}
