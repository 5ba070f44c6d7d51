using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Lists;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Tests.Jobs;

/// <summary>Features copied to shards.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public unsafe void FilesOfSeveralFormatsAndPrecisionsBecomeShards()
    {
        float[] values = [.. Enumerable.Range(0, 60).Select(i => (i % 17) - (i / 7f))];
        FeatureMatrix query = new([.. values[..12].Select(value => (float)(Half)value)], 4, 3);
        FeatureFile.Write(_folder["half.npy"], [Rounded(query)]);
        FeatureFile.Write(_folder["a.npy"], [new FeatureMatrix(values[12..36], 8, 3)]);
        FeatureFile.Write(_folder["b.parquet"], [new FeatureMatrix(values[36..], 8, 3)]);
        JobPlan plan = Plan(
            new SourcePlan([_folder["half.npy"]], [4]), new SourcePlan([_folder["a.npy"], _folder["b.parquet"]], [8, 8]));
        using StageContext context = Run(plan);

        Assert.Equal(4, context.Shards.Count);
        Assert.Equal(FeatureElementType.Float16, context.Shard(0).ElementType);
        using VertexRows rows = context.AllRows();
        Assert.Equal(20, rows.Count);
        Assert.Equal(4, rows.FirstCount);
        float[] expected = [.. values[..12].Select(value => (float)(Half)value), .. values[12..]];
        float* scratch = stackalloc float[3];
        for (int row = 0; row < 20; row++)
        {
            Assert.Equal(expected[(3 * row)..(3 * (row + 1))], new ReadOnlySpan<float>(rows.Row(row, scratch), 3).ToArray());
            double norm = Math.Sqrt(expected[(3 * row)..(3 * (row + 1))].Sum(value => (double)value * value));
            Assert.Equal(1 / norm, rows.InverseNorm(row), 1e-6 / norm);
        }
    }

    [Fact]
    public void ARowThatIsNotFiniteIsNamed()
    {
        FeatureFile.Write(_folder["query.npy"], [new FeatureMatrix([1, 2], 1, 2)]);
        byte[] bytes = File.ReadAllBytes(_folder["query.npy"]);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
        File.WriteAllBytes(_folder["bad.npy"], bytes);
        SourcePlan good = new([_folder["query.npy"], _folder["bad.npy"]], [1, 1]);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Run(Plan(good, good, dimension: 2)).Dispose());
        Assert.Equal("NonFiniteFeature", error.ErrorId);
        Assert.Contains("bad.npy', row 0, column 1", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["job"], "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void ARowOfZerosIsNamed()
    {
        FeatureFile.Write(_folder["good.npy"], [new FeatureMatrix([1, 2, 3, 4], 2, 2)]);
        FeatureFile.Write(_folder["zeros.npy"], [new FeatureMatrix([1, 2, 0, 0, 3, 4, 0, 0], 4, 2)]);
        SourcePlan good = new([_folder["good.npy"]], [2]);
        SourcePlan gallery = new([_folder["good.npy"], _folder["zeros.npy"]], [2, 4]);
        JobPlan plan = Plan(good, gallery, dimension: 2);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Run(plan).Dispose());
        Assert.Equal("ZeroFeatureRow", error.ErrorId);
        Assert.Contains("zeros.npy': row 1 ", error.Message, StringComparison.Ordinal);
        Assert.Contains("2 rows", error.Message, StringComparison.Ordinal);
        Run(plan with { AllowsZeroRows = true }).Dispose();
    }

    [Fact]
    public void AFileThatHasChangedIsRefused()
    {
        FeatureFile.Write(_folder["query.npy"], [new FeatureMatrix([1, 2], 1, 2)]);
        SourcePlan source = new([_folder["query.npy"]], [2]);
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => Run(Plan(source, source, dimension: 2)).Dispose());
        Assert.Equal("SourceChanged", error.ErrorId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-4)]
    public void AShardCutShortIsRefused(int length)
    {
        FeatureFile.Write(_folder["query.npy"], [new FeatureMatrix([1, 2], 1, 2)]);
        SourcePlan source = new([_folder["query.npy"]], [1]);
        JobPlan plan = Plan(source, source, dimension: 2);
        Run(plan).Dispose();
        JobDirectory directory = new(_folder["job"]);
        using (FileStream stream = File.OpenWrite(directory.Shard(1)))
        {
            stream.SetLength(length < 0 ? stream.Length + length : length);
        }

        using StageContext context = new(plan, directory, SmallJob.Options);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => context.Shard(1));
        Assert.Contains(error.ErrorId, (string[])["JobFileCutShort", "JobFileBroken"]);
    }

    [Fact]
    public void AChangedValueIsFoundWhereShardsAreReadWhole()
    {
        FeatureFile.Write(_folder["query.npy"], [new FeatureMatrix([1, 2], 1, 2)]);
        SourcePlan source = new([_folder["query.npy"]], [1]);
        JobPlan plan = Plan(source, source, dimension: 2);
        Run(plan).Dispose();
        JobDirectory directory = new(_folder["job"]);
        byte[] bytes = File.ReadAllBytes(directory.Shard(1));
        bytes[^1] ^= 1;
        File.WriteAllBytes(directory.Shard(1), bytes);
        using StageContext context = new(plan, directory, SmallJob.Options);
        context.VerifyShard(0);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => context.VerifyShard(1));
        Assert.Contains("done/import-00001", error.Message, StringComparison.Ordinal);
    }

    private static FeatureMatrix Rounded(FeatureMatrix matrix) => FeatureMatrix.Adopt(
        matrix.Storage.As(FeatureElementType.Float16), null, null, null, FeatureRole.None, null, null);

    private static JobPlan Plan(SourcePlan query, SourcePlan gallery, int dimension = 3) => new()
    {
        Version = "test",
        Id = "test",
        Query = query,
        Gallery = gallery,
        Dimension = dimension,
        SettingsPack = JobPlan.Pack(new CosineSettings()),
        Method = "Cosine",
        Top = 1,
        NeighborCount = 0,
        ShardRows = 6,
        QueriesPerItem = 1,
        Tasks = 1,
        MemoryPerTask = 1,
        Worker = ["none"],
    };

    private StageContext Run(JobPlan plan)
    {
        JobDirectory directory = new(_folder["job"]);
        Directory.CreateDirectory(directory.Path);
        ImportStage stage = new();
        for (int item = 0; item < stage.CountItems(plan); item++)
        {
            using StageContext context = new(plan, directory, SmallJob.Options);
            stage.Run(context, item);
        }

        return new StageContext(plan, directory, SmallJob.Options);
    }
}
