using GnnReRank.Tests.Data.Storage;

namespace GnnReRank.Tests.Formats;

/// <summary>The precision in which what was read is kept.</summary>
public sealed class ElementTypeTests
{
    private static readonly FeatureReadOptions s_float16 = new() { ElementType = FeatureElementType.Float16 };
    private static readonly FeatureReadOptions s_float32 = new() { ElementType = FeatureElementType.Float32 };

    [Theory]
    [InlineData("numpy/f2.npy", FeatureElementType.Float16)]
    [InlineData("numpy/f2_big.npy", FeatureElementType.Float16)]
    [InlineData("numpy/f4.npy", FeatureElementType.Float32)]
    [InlineData("numpy/f8.npy", FeatureElementType.Float32)]
    [InlineData("numpy/i2.npy", FeatureElementType.Float32)]
    [InlineData("numpy/f4.mat", FeatureElementType.Float32)]
    [InlineData("parquet/rust_fixed_float16.parquet", FeatureElementType.Float16)]
    [InlineData("parquet/duckdb_list_float_snappy.parquet", FeatureElementType.Float32)]
    [InlineData("text/duckdb_named.csv", FeatureElementType.Float32)]
    public void Float16StaysAndAllElseBecomesFloat32UnlessAskedOtherwise(string file, FeatureElementType kept)
    {
        string path = TestPaths.Data(file.Split('/'));
        FeatureMatrix matrix = FeatureFile.Read(path).Matrices[0];
        Assert.Equal((kept, false), (matrix.ElementType, matrix.IsMemoryMapped));

        // float16 has every value of these files.
        foreach (FeatureReadOptions options in (FeatureReadOptions[])[s_float16, s_float32])
        {
            FeatureMatrix asked = FeatureFile.Read(path, options).Matrices[0];
            Assert.Equal(options.ElementType, asked.ElementType);
            FeatureSamples.AssertSame(matrix, asked);
            Assert.Equal(matrix.InverseNorms.ToArray(), asked.InverseNorms.ToArray());
        }
    }

    [Theory]
    [InlineData("rounding_f4.npy", "rounded_f4.npy")]
    [InlineData("rounding_f8.npy", "rounded_f8.npy")]
    public void RoundsAsNumpyDoes(string values, string rounded)
    {
        FeatureMatrix actual = Formulas.Read(values, s_float16);
        Assert.Equal(FeatureElementType.Float16, actual.ElementType);
        FeatureSamples.AssertSame(Formulas.Read(rounded), actual);
    }

    [Fact]
    public void RoundsWhatOtherFormatsHoldTheSameWay()
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["a.parquet"], [Formulas.Read("rounding_f4.npy")]);
        FeatureSamples.AssertSame(Formulas.Read("rounded_f4.npy"), FeatureFile.Read(folder["a.parquet"], s_float16).Matrices[0]);
    }

    [Theory]
    [InlineData(65520f, 1f, "NonFiniteFeature", "65,504")]
    [InlineData(2e-8f, -2e-8f, "ZeroFeatureRow", "scale the features")]
    public void SaysWhereFloat16IsTooSmall(float first, float second, string errorId, string advice)
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["a.npy"], [new FeatureMatrix([1, 2, first, second], 2, 2)]);
        GnnReRankException error = Formulas.Refused(folder["a.npy"], s_float16);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(advice, error.Message);
        Assert.Equal(1, FeatureFile.Read(folder["a.npy"], s_float16 with { SkipInvalid = true }).Matrices[0].RowCount);
    }

    [Fact]
    public void WritesTheFloat16BytesThatNumpyWrites()
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["a.npy"], [Formulas.Read("f2_big.npy")]);
        Assert.Equal(File.ReadAllBytes(TestPaths.Data("numpy", "f2.npy")), File.ReadAllBytes(folder["a.npy"]));
    }

    [Fact]
    public void KeepsRowsAndLabelsTogetherWhereFloat16RowsAreDropped()
    {
        using TemporaryFolder folder = new();
        Half[] values = [(Half)1, Half.NaN, (Half)2, (Half)3, (Half)0, (Half)0, (Half)4, (Half)5];
        File.WriteAllBytes(
            folder["a.npy"], Npy.NpyBytes.Make("<f2", "(4, 2)", [.. values.SelectMany(BitConverter.GetBytes)]));
        FeatureReadResult result = FeatureFile.Read(folder["a.npy"], new FeatureReadOptions { SkipInvalid = true });
        FeatureMatrix kept = result.Matrices[0];
        Assert.Contains("2 of 4 rows dropped", Assert.Single(result.Warnings));
        Assert.Equal(FeatureElementType.Float16, kept.ElementType);
        Assert.Equal([2f, 3f], kept.GetRow(0));
        Assert.Equal([4f, 5f], kept.GetRow(1));
        Assert.Equal(StoredValues.Bits(new FeatureMatrix([2, 3, 4, 5], 2, 2).InverseNorms), StoredValues.Bits(kept.InverseNorms));
    }
}
