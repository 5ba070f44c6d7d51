namespace GnnReRank.Tests.Formats;

/// <summary>What is written is read back bit for bit.</summary>
public sealed class FeatureRoundTripTests
{
    [Theory]
    [InlineData("known.parquet")]
    [InlineData("known.arrow")]
    [InlineData("known.csv")]
    [InlineData("known.tsv")]
    [InlineData("known.csv.gz")]
    [InlineData("known.TSV.GZ")]
    [InlineData("known.safetensors")]
    public void KeepsAllThatIsKnown(string file)
    {
        using TemporaryFolder folder = new();
        FeatureMatrix matrix = FeatureSamples.Known();
        FeatureFile.Write(folder[file], [matrix]);
        FeatureSamples.AssertSame(matrix, FeatureFile.Read(folder[file]).Matrices[0]);
    }

    [Theory]
    [InlineData("bare.parquet", 1, 1)]
    [InlineData("bare.arrow", 1, 1)]
    [InlineData("bare.arrow", 3, 70000)]
    [InlineData("bare.feather", 100000, 3)]
    [InlineData("bare.ipc", 1000, 5000)]
    [InlineData("bare.csv", 1, 1)]
    [InlineData("bare.parquet", 3, 70000)]
    [InlineData("bare.csv", 3, 70000)]
    [InlineData("bare.tsv", 1000, 17)]
    [InlineData("bare.tsv.gz", 1000, 17)]
    [InlineData("bare.safetensors", 3, 70000)]
    [InlineData("bare.fvecs", 1, 1)]
    [InlineData("bare.fvecs", 70000, 3)]
    [InlineData("bare.parquet", 100000, 3)]
    public void KeepsFeaturesOfAnyShape(string file, int rows, int dimension)
    {
        using TemporaryFolder folder = new();
        FeatureMatrix matrix = new(FeatureSamples.Values(rows, dimension), rows, dimension);
        FeatureFile.Write(folder[file], [matrix]);
        FeatureSamples.AssertSame(matrix, FeatureFile.Read(folder[file]).Matrices[0]);
    }

    /// <summary>All 63,488 finite numbers of float16, of both signs and subnormal ones too; several batches of an Arrow file.</summary>
    [Theory]
    [InlineData("half.arrow")]
    [InlineData("half.feather")]
    [InlineData("half.safetensors")]
    [InlineData("half.npz")]
    [InlineData("half.npy")]
    public void KeepsFloat16BitForBit(string file)
    {
        using TemporaryFolder folder = new();
        float[] values = [.. Enumerable.Range(0, 1 << 16).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)).Where(float.IsFinite)];
        FeatureFile.Write(folder["single.npy"], [new FeatureMatrix([.. Enumerable.Repeat(values, 70).SelectMany(copy => copy)], 70, values.Length)]);
        FeatureMatrix matrix = FeatureFile.Read(folder["single.npy"], new() { ElementType = FeatureElementType.Float16 }).Matrices[0];
        FeatureFile.Write(folder[file], [matrix]);
        FeatureMatrix back = FeatureFile.Read(folder[file]).Matrices[0];
        Assert.Equal((FeatureElementType.Float16, 70, 63_488), (back.ElementType, back.RowCount, back.Dimension));
        Assert.True(Enumerable.Range(0, 70).All(row => back.GetRow(row).SequenceEqual(values)));
        Assert.True(Array.TrueForAll([0, 1, 69], row => back.GetRow(row).Select(BitConverter.SingleToInt32Bits).SequenceEqual(values.Select(BitConverter.SingleToInt32Bits))));
    }

    [Theory]
    [InlineData("role.parquet")]
    [InlineData("role.arrow")]
    public void KeepsTheRoleUnlessAnotherIsAskedFor(string file)
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder[file], [FeatureSamples.Known(FeatureRole.Query)]);
        Assert.Equal(FeatureRole.Query, FeatureFile.Read(folder[file]).Matrices[0].Role);
        FeatureReadOptions options = new() { Role = FeatureRole.Gallery };
        Assert.Equal(FeatureRole.Gallery, FeatureFile.Read(folder[file], options).Matrices[0].Role);
    }

    [Theory]
    [InlineData("cancelled.parquet")]
    [InlineData("cancelled.arrow")]
    [InlineData("cancelled.csv")]
    [InlineData("cancelled.csv.gz")]
    [InlineData("cancelled.safetensors")]
    [InlineData("cancelled.fvecs")]
    public void LeavesNothingWhenWritingIsCancelled(string file)
    {
        using TemporaryFolder folder = new();
        FeatureWriteOptions options = new() { Compute = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) } };
        Assert.ThrowsAny<OperationCanceledException>(() => FeatureFile.Write(folder[file], [FeatureSamples.Known()], options));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void WritesSeveralRowGroupsForALargeMatrix()
    {
        using TemporaryFolder folder = new();
        const int rows = 3;
        const int dimension = (1 << 23) + 1;
        float[] values = Enumerable.Range(1, rows * dimension).Select(position => position % 7 == 0 ? 1f : 0.5f).ToArray();
        FeatureMatrix matrix = new(values, rows, dimension, labels: [3, 1, 2]);
        FeatureFile.Write(folder["groups.parquet"], [matrix]);
        using (ParquetSharp.ParquetFileReader file = new(folder["groups.parquet"]))
        {
            Assert.Equal(rows, file.FileMetaData.NumRowGroups);
        }

        FeatureMatrix back = FeatureFile.Read(folder["groups.parquet"]).Matrices[0];
        Assert.True(Enumerable.Range(0, rows).All(row => matrix.GetRowSpan(row).SequenceEqual(back.GetRowSpan(row))));
        Assert.Equal([3L, 1L, 2L], back.Labels);
    }
}
