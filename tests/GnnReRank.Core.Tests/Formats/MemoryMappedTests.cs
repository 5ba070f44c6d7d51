using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Formats;

/// <summary>Features that stay in their file.</summary>
public sealed class MemoryMappedTests
{
    private static readonly FeatureReadOptions s_mapped = new() { MemoryMapped = true };
    private static readonly FeatureReadOptions s_bothSets = s_mapped with { Sets = [FeatureRole.Query, FeatureRole.Gallery] };

    [Theory]
    [InlineData("f4.npy", FeatureElementType.Float32)]
    [InlineData("f2.npy", FeatureElementType.Float16)]
    [InlineData("version2.npy", FeatureElementType.Float32)]
    [InlineData("version3.npy", FeatureElementType.Float32)]
    [InlineData("unnamed.npz", FeatureElementType.Float32)]
    public void MapsWhatNumpyWrites(string fixture, FeatureElementType stored)
    {
        FeatureMatrix matrix = Formulas.Read(fixture, s_mapped with { Role = FeatureRole.Gallery });
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal((true, stored, FeatureRole.Gallery), (matrix.IsMemoryMapped, matrix.ElementType, matrix.Role));
        Assert.Equal(Formulas.Feature(5, 4), matrix[5, 4]);
        Assert.Equal(Formulas.Feature(5, 4), matrix.ToArray()[5, 4]);
        Assert.EndsWith(fixture, matrix.Source);
        Assert.Equal(
            Formulas.Read(fixture).InverseNorms.ToArray(), matrix.InverseNorms.ToArray());
    }

    [Fact]
    public void MapsBothSetsOfAnArchiveAndReadsWhatElseIsKnown()
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("numpy", "stored.npz"), s_bothSets).Matrices;
        Assert.All(matrices, matrix => Assert.True(matrix.IsMemoryMapped));
        Assert.Equal([FeatureElementType.Float32, FeatureElementType.Float16], matrices.Select(matrix => matrix.ElementType));
        Formulas.AssertFeatures(matrices[0], 4, 5, Formulas.Feature);
        Formulas.AssertFeatures(matrices[1], 6, 5, (row, column) => Formulas.Feature(5 - row, column));
        Assert.Equal(Formulas.Labels(4), matrices[0].Labels!);
        Assert.Equal(Formulas.Labels(6).Reverse(), matrices[1].Labels!);
        Assert.Equal(Formulas.Cameras(6), matrices[1].Cameras!);
        Assert.Equal(Formulas.Names(6), matrices[1].Names!);
        Assert.Equal([FeatureRole.Query, FeatureRole.Gallery], matrices.Select(matrix => matrix.Role));
    }

    [Fact]
    public void MapsAnArrayThatIsNamed() => Assert.Equal(FeatureElementType.Float16, Formulas.Read(
        "stored.npz", s_mapped with { FeatureColumns = ["gallery_f"], ElementType = FeatureElementType.Float16 }).ElementType);

    [Fact]
    public void MapsWhatTheWritersWrite()
    {
        using TemporaryFolder folder = new();
        FeatureMatrix query = FeatureSamples.Known(FeatureRole.Query, largest: 1e30f);
        FeatureFile.Write(folder["a.npz"], [query, FeatureSamples.Known(FeatureRole.Gallery, largest: 1e30f)]);
        FeatureFile.Write(folder["a.npy"], [query]);
        IReadOnlyList<FeatureMatrix> back = FeatureFile.Read(folder["a.npz"], s_bothSets).Matrices;
        Assert.All(back, matrix => FeatureSamples.AssertSame(query, matrix));
        Assert.Equal(query.ToArray(), FeatureFile.Read(folder["a.npy"], s_mapped).Matrices[0].ToArray());
    }

    [Theory]
    [InlineData("out.npy")]
    [InlineData("out.npz")]
    [InlineData("out.parquet")]
    [InlineData("out.csv")]
    public void AMappedMatrixIsWrittenLikeAnyOther(string file)
    {
        using TemporaryFolder folder = new();
        FeatureMatrix matrix = Formulas.Read("f2.npy", s_mapped);
        FeatureFile.Write(folder[file], [matrix]);
        FeatureMatrix back = FeatureFile.Read(folder[file]).Matrices[0];
        Formulas.AssertFeatures(back, 6, 5, Formulas.Feature);
        Assert.Equal(file.Contains(".np", StringComparison.Ordinal) ? FeatureElementType.Float16 : FeatureElementType.Float32, back.ElementType);
    }

    [Fact]
    public void ReplacingItsFileByANewOneLeavesAMatrixAsItWas()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not replace a file that is mapped.");
        using TemporaryFolder folder = new();
        File.Copy(TestPaths.Data("numpy", "f4.npy"), folder["a.npy"]);
        FeatureMatrix matrix = FeatureFile.Read(folder["a.npy"], s_mapped).Matrices[0];
        FeatureFile.Write(folder["a.npy"], [new FeatureMatrix([1], 1, 1)], new FeatureWriteOptions { Overwrite = true });
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(1, FeatureFile.Read(folder["a.npy"], s_mapped).Matrices[0].RowCount);
    }

    [Fact]
    public void TakesNoMemoryForTheValues()
    {
        const int rows = 4;
        const int dimension = 1 << 20;
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npy"], NpyBytes.Make("<f4", $"({rows}, {dimension})", NpyBytes.Singles([.. Enumerable.Repeat(0.5f, rows * dimension)])));
        FeatureReadOptions options = s_mapped with { Compute = new ComputeOptions { ThrottleLimit = 1 } };
        Allocation.AssertBelow(1 << 20, () => Assert.Equal(0.5f, FeatureFile.Read(folder["a.npy"], options).Matrices[0][3, dimension - 1]));
    }

    [Fact]
    public void ReportsTheCheckOfTheValuesToItsEnd()
    {
        List<StageProgress> reports = [];
        List<string> lines = [];
        ComputeOptions compute = new() { Progress = new ProgressCallback(reports.Add), Log = lines.Add };
        _ = Formulas.Read("f4.npy", s_mapped with { Compute = compute });
        Assert.Equal(new StageProgress("Checking features", 6, 6, "rows"), reports[^1]);
        Assert.StartsWith("Checking features: 6 rows, 120 bytes", Assert.Single(lines));
    }

    [Fact]
    public void StopsTheCheckWhenCancelled()
    {
        using CancellationTokenSource source = new();
        ComputeOptions compute = new() { Progress = new ProgressCallback(_ => source.Cancel()), CancellationToken = source.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => Formulas.Read("f4.npy", s_mapped with { Compute = compute }));
    }

    [Fact]
    public void ATextForPeopleSaysHowValuesAreKept()
    {
        Assert.Equal("features 6 x 5, memory-mapped, float16", Formulas.Read("f2.npy", s_mapped).ToString());
        Assert.Equal("features 6 x 5, memory-mapped", Formulas.Read("f4.npy", s_mapped).ToString());
        Assert.Equal("features 6 x 5, float16", Formulas.Read("f2.npy").ToString());
        Assert.Equal("features 6 x 5", Formulas.Read("f4.npy").ToString());
    }
}
