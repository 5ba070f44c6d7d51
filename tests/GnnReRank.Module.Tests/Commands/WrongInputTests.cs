namespace GnnReRank.Tests.Module.Commands;

/// <summary>One thing in place of another: the message says what was found, what is needed, and what makes it.</summary>
public sealed class WrongInputTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public WrongInputTests()
    {
        FiveRows.Write(_session);
        MarketFolder.Write(_session, "market", LabelledRows.Made(2, 3, 2, seed: 1, cameraCount: 2), LabelledRows.Made(3, 3, 2, seed: 2, cameraCount: 2));
        _session.RunClean("""
            $set = Import-RetrievalDataset Market1501 market -WarningAction SilentlyContinue
            $ranking = Search-FeatureMatrix $m $m
            $accuracy = $ranking | Measure-RetrievalAccuracy -Protocol Label
            $graph = New-NeighborGraph -Gallery $m -NeighborCount 2
            """);
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("$m | Measure-RetrievalAccuracy", "Found a FeatureMatrix, and a ranking is needed", "Invoke-GnnReRank")]
    [InlineData("Measure-RetrievalAccuracy $set", "Found a RetrievalDataset", "Search-FeatureMatrix")]
    [InlineData("$graph | Expand-Ranking", "Found a NeighborGraph", "Invoke-GnnReRank")]
    [InlineData("$accuracy | Show-Ranking", "Found a result of Measure-RetrievalAccuracy", "that was measured")]
    [InlineData("$m | Show-Ranking", "Found a FeatureMatrix", "Invoke-GnnReRank")]
    [InlineData("Show-Ranking $ranking -Before $m", "Found a FeatureMatrix", "Invoke-GnnReRank")]
    [InlineData("$m | Export-Ranking r.csv", "Found a FeatureMatrix", "Invoke-GnnReRank")]
    [InlineData("$set | Export-RankingReport r.html", "Found a RetrievalDataset", "Invoke-GnnReRank")]
    [InlineData("Invoke-GnnReRank five.csv five.npz", "Found the text 'five.csv'", "Import-FeatureMatrix")]
    [InlineData("Search-FeatureMatrix $set $set", "Found a data set", "Query and Gallery")]
    [InlineData("New-NeighborGraph -Gallery $ranking", "Found a Ranking", "Query and Gallery")]
    [InlineData("$set | Select-FeatureMatrix -First 1", "Found a data set", "Query and Gallery")]
    [InlineData("'five.csv' | Join-FeatureMatrix", "Found the text 'five.csv'", "Import-FeatureMatrix")]
    [InlineData("$ranking | Export-FeatureMatrix x.npy", "Found a Ranking", "Query and Gallery")]
    [InlineData("Import-RetrievalDataset Market1501 market -Features five.csv", "Found the text 'five.csv'", "Import-FeatureMatrix")]
    [InlineData("$ranking | Measure-RetrievalAccuracy -GroundTruth market", "-GroundTruth is of type String", "Import-RetrievalDataset")]
    [InlineData("$ranking | Measure-RetrievalAccuracy -Draws 3", "-Draws was given, and the protocol is Market1501: it belongs to Cuhk03Classic and VehicleId", "name such a protocol")]
    public void TheMessageSaysWhatToDo(string script, string found, string remedy)
    {
        string message = _session.Run(script).Errors[0].Exception.Message;
        Assert.Contains(found, message);
        Assert.Contains(remedy, message);
    }
}
