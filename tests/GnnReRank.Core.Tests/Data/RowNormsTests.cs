using GnnReRank.Storage;
using GnnReRank.Tests.Data.Storage;

namespace GnnReRank.Tests.Data;

public sealed class RowNormsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(300)]
    public void AgreesWithExactSums(int dimension)
    {
        float[] values = StoredValues.Singles(20 * dimension, seed: dimension);
        float[] inverse = RowNorms.InverseOf(StoredValues.InMemory(values, dimension));
        for (int row = 0; row < 20; row++)
        {
            // Products of float32 have at most 48 bits and decimal 96, so this sum is as good as exact.
            decimal sum = values.Skip(row * dimension).Take(dimension).Sum(value => (decimal)(double)value * (decimal)(double)value);
            Assert.Equal((float)(1 / Math.Sqrt((double)sum)), inverse[row]);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(131)]
    public void AreTheSameBitsAtEveryAlignmentAndInBothPrecisions(int dimension)
    {
        using TemporaryFolder folder = new();
        Half[] halves = StoredValues.Halves(9 * dimension, seed: 4);
        float[] values = StoredValues.Widened(halves);
        int[] expected = StoredValues.Bits(RowNorms.InverseOf(StoredValues.InMemory(values, dimension)));
        for (int offset = 0; offset < 32; offset++)
        {
            Assert.Equal(expected, StoredValues.Bits(RowNorms.InverseOf(StoredValues.Mapped(folder[$"f{offset}"], values, dimension, offset))));
            Assert.Equal(expected, StoredValues.Bits(RowNorms.InverseOf(StoredValues.Mapped(folder[$"h{offset}"], halves, dimension, offset))));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void MarkARowWithAValueThatIsNotFinite(float bad)
    {
        for (int column = 0; column < 35; column++)
        {
            float[] values = StoredValues.Singles(3 * 35, seed: 5);
            values[35 + column] = bad;
            float[] inverse = RowNorms.InverseOf(StoredValues.InMemory(values, 35));
            Assert.Equal([false, true, false], inverse.Select(float.IsNaN));
        }
    }

    // Below 2.9e-39 a norm has no inverse in float32. The rows are those of a square: what is beside or opposite of a row is far from it.
    [Theory]
    [InlineData(1e-40f)]
    [InlineData(2e-39f)]
    [InlineData(1e-45f)]
    public void RowsOfATinyNormHaveTheirDirection(float length)
    {
        float[] values = [length, 0, 0, length, -length, 0, 0, -length, 0, 0, 1, 0];
        FeatureMatrix matrix = new(values, 6, 2);
        Assert.Equal(values, matrix.ToArray().Cast<float>());
        Assert.Equal([1f, 0f, -1f, 0f, 0f, 1f], Cosines(matrix));
        Assert.Equal([1f, -1f], Cosines(FeatureSelector.Select(matrix, new RowSelection { Indices = [0, 2] })));
        Assert.Equal([1f, 0f, -1f, 0f, 0f, 1f, 0f, 1f], Cosines(FeatureJoiner.Append([matrix, new FeatureMatrix([0, 1, 1, 0], 2, 2)])));
        Assert.Equal([0f, -1f, 0f, -1f], FeatureJoiner.Concatenate([matrix, matrix], normalize: true).GetRow(3));
    }

    [Theory]
    [InlineData(1e-40f)]
    [InlineData(3e38f)]
    public void AMappedFileOfExtremeRowsIsRefused(float value)
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["a.npy"], [new FeatureMatrix([1, 2, value, 0], 2, 2)]);
        Assert.Equal(2, FeatureFile.Read(folder["a.npy"]).Matrices[0].RowCount);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => FeatureFile.Read(folder["a.npy"], new FeatureReadOptions { MemoryMapped = true }));
        Assert.Equal("ExtremeFeatureRow", error.ErrorId);
        Assert.Contains("row 1 (0-based)", error.Message);
    }

    [Fact]
    public void AreZeroForRowsOfZerosAlone()
    {
        float[] inverse = RowNorms.InverseOf(new ArrayStorage<float>([0, -0f, 1e-30f, 0, float.MaxValue, float.MaxValue], 3, 2));
        Assert.Equal(0f, inverse[0]);
        Assert.Equal(1e30, inverse[1], 1e24);
        Assert.Equal(1 / (Math.Sqrt(2) * float.MaxValue), inverse[2], 1e-44);
    }

    /// <summary>The cosine of each row with the first axis.</summary>
    private static float[] Cosines(FeatureMatrix matrix)
    {
        Ranking ranking = CosineRanker.Rank(new FeatureMatrix([3, 0], 1, 2), matrix);
        float[] cosines = new float[matrix.RowCount];
        for (int rank = 1; rank <= matrix.RowCount; rank++)
        {
            cosines[ranking.GetEntry(0, rank).GalleryIndex] = ranking.GetEntry(0, rank).Score;
        }

        return cosines;
    }
}
