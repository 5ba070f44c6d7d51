namespace GnnReRank.Tests.Formats;

/// <summary>What reading and writing say of how far they have come.</summary>
public sealed class FileProgressTests : IDisposable
{
    private const int Rows = 3_000;
    private const int Dimension = 200;

    private readonly TemporaryFolder _folder = new();
    private readonly List<StageProgress> _reports = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("f.parquet", "rows", "rows")]
    [InlineData("f.arrow", "bytes", "rows")]
    [InlineData("f.csv", "bytes", "rows")]
    [InlineData("f.tsv.gz", "bytes", "rows")]
    [InlineData("f.npy", "bytes", null)]
    [InlineData("f.npz", "bytes", null)]
    public void FeaturesAreCounted(string name, string read, string? written)
    {
        FeatureFile.Write(_folder[name], [Made()], new FeatureWriteOptions { Compute = Told });
        if (written is not null)
        {
            Check(written, Rows);
        }

        _reports.Clear();
        FeatureFile.Read(_folder[name], new FeatureReadOptions { Compute = Told });
        Check(read, read == "rows" ? Rows : null);
    }

    [Theory]
    [InlineData("f.parquet", "rows", 10)]
    [InlineData("f.npy", "rows", 10)]
    public void OfAPartTheRowsOfThePartAreCounted(string name, string unit, int rows)
    {
        FeatureFile.Write(_folder[name], [Made()]);
        FeatureFile.Read(_folder[name], new FeatureReadOptions { Compute = Told, Rows = new RowSelection { Indices = [.. Enumerable.Range(5, rows)] } });
        Check(unit, rows);
    }

    [Fact]
    public void GraphsAreCountedInRows()
    {
        int[] indices = [.. Enumerable.Range(0, Rows).SelectMany(row => (int[])[row, (row + 1) % Rows])];
        NeighborGraph graph = new(indices, [.. indices.Select(_ => 0.5f)], Rows, 2);
        GraphFile.Write(_folder["g.parquet"], graph, compute: Told);
        Check("rows", Rows);
        _reports.Clear();
        GraphFile.Read(_folder["g.parquet"], compute: Told);
        Check("rows", Rows);
        Assert.Equal(Rows, _reports[^1].Done);
    }

    private ComputeOptions Told => new() { Progress = new ProgressCallback(_reports.Add) };

    private static FeatureMatrix Made() =>
        new([.. Enumerable.Range(0, Rows * Dimension).Select(i => (i % 97) + 1f)], Rows, Dimension);

    private void Check(string unit, long? total)
    {
        Assert.NotEmpty(_reports);
        Assert.Single(_reports.Select(report => (report.Unit, report.Total)).Distinct(), (unit, total ?? _reports[0].Total));
        Assert.True(_reports[^1].Total > 0);
        Assert.Equal(_reports.OrderBy(report => report.Done), _reports);
        Assert.All(_reports, report => Assert.InRange(report.Done, 0, report.Total));
    }
}
