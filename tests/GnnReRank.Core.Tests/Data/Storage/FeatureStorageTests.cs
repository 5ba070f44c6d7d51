using System.Runtime.CompilerServices;
using GnnReRank.Storage;

namespace GnnReRank.Tests.Data.Storage;

public sealed class FeatureStorageTests
{
    private const int Dimension = 7;

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(true, 64)]
    public void WidensEveryFloat16Exactly(bool mapped, int offset)
    {
        using TemporaryFolder folder = new();
        Half[] values = HalfBits.AllFinite[..(HalfBits.AllFinite.Length / Dimension * Dimension)];
        FeatureStorage storage = mapped
            ? StoredValues.Mapped(folder["a"], values, Dimension, offset)
            : StoredValues.InMemory(values, Dimension);
        Assert.Equal((FeatureElementType.Float16, mapped), (storage.ElementType, storage.IsMemoryMapped));
        AssertHolds(storage, StoredValues.Widened(values));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 80)]
    public void GivesFloat32AsItIs(bool mapped, int offset)
    {
        using TemporaryFolder folder = new();
        float[] values = [.. StoredValues.Singles((50 * Dimension) - 3, seed: 1), float.Epsilon, -0f, float.MaxValue];
        FeatureStorage storage = mapped
            ? StoredValues.Mapped(folder["a"], values, Dimension, offset)
            : StoredValues.InMemory(values, Dimension);
        Assert.Equal((FeatureElementType.Float32, mapped), (storage.ElementType, storage.IsMemoryMapped));
        AssertHolds(storage, values);
    }

    [Fact]
    public void PicksRowsInTheirPrecision()
    {
        using TemporaryFolder folder = new();
        Half[] values = StoredValues.Halves(4 * Dimension, seed: 2);
        foreach (FeatureStorage storage in (FeatureStorage[])[StoredValues.InMemory(values, Dimension), StoredValues.Mapped(folder["a"], values, Dimension, 3)])
        {
            FeatureStorage picked = storage.Pick([3, 0, 3]);
            Assert.Equal((FeatureElementType.Float16, false), (picked.ElementType, picked.IsMemoryMapped));
            AssertHolds(picked, StoredValues.Widened([.. values[^Dimension..], .. values[..Dimension], .. values[^Dimension..]]));
        }
    }

    [Fact]
    public void RefusesToMapBeyondTheEndOfTheFile()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a"], new byte[100]);
        Assert.Equal(4, MappedStorage.Open(folder["a"], 4, 4, 6, FeatureElementType.Float32).RowCount);
        Assert.Throws<EndOfStreamException>(() => MappedStorage.Open(folder["a"], 5, 4, 6, FeatureElementType.Float32));
        Assert.Throws<EndOfStreamException>(() => MappedStorage.Open(folder["a"], 0, int.MaxValue, int.MaxValue, FeatureElementType.Float16));
    }

    [Fact]
    public void ReadsRowsPastTwoToTheThirtyOneValues()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux makes a file of 9 GB that takes no room without being asked.");
        const int rows = 2_300_000;
        const int dimension = 1_000;
        using TemporaryFolder folder = new();
        int[] filled = [0, 2_147_483, 2_147_484, rows - 1];
        using (FileStream file = File.Create(folder["sparse"]))
        {
            foreach (int row in filled)
            {
                file.Position = 128 + (4L * row * dimension);
                file.Write([.. Enumerable.Range(0, dimension).SelectMany(column => BitConverter.GetBytes((float)(row + column)))]);
            }
        }

        MappedStorage storage = MappedStorage.Open(folder["sparse"], 128, rows, dimension, FeatureElementType.Float32);
        float[] norm = new float[1];
        foreach (int row in filled)
        {
            float[] expected = [.. Enumerable.Range(0, dimension).Select(column => (float)(row + column))];
            Assert.Equal(expected, storage.Row(row).ToArray());
            Assert.Equal(row + 999f, storage.Value(row, 999));
            RowNorms.InverseOf(storage, row, norm);
            Assert.Equal(1 / Math.Sqrt(expected.Sum(value => (double)value * value)), norm[0], 1e-9);
        }

        Assert.Equal(0f, storage.Value(rows - 2, 5));
    }

    [Fact]
    public void AMappingLastsAsLongAsItsRowsAreHeldAndNoLonger()
    {
        using TemporaryFolder folder = new();
        ReadWhileHeld(folder["a"]);
        Collect();
        OpenAlone(folder["a"]);
    }

    // Methods of their own: what they held is out of reach once they have returned.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadWhileHeld(string path)
    {
        float[] values = StoredValues.Singles(3 * Dimension, seed: 3);
        using PinnedRows rows = PinnedAlone(path, values);
        Collect();
        Assert.Equal(values[^1], rows.Value(2, Dimension - 1));

        // .NET locks what it has open; whoever respects that cannot cut the file short.
        Assert.Throws<IOException>(() => OpenAlone(path));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PinnedRows PinnedAlone(string path, float[] values) => StoredValues.Mapped(path, values, Dimension, 0).Pin();

    private static void OpenAlone(string path) => File.Open(path, FileMode.Open, FileAccess.Write, FileShare.None).Dispose();

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static unsafe void AssertHolds(FeatureStorage storage, float[] expected)
    {
        float[] scratch = new float[Dimension];
        float[] all = new float[expected.Length];
        storage.CopyRows(0, storage.RowCount, all);
        Assert.Equal(StoredValues.Bits(expected), StoredValues.Bits(all));
        Assert.Equal(expected.Length, storage.RowCount * Dimension);
        using PinnedRows pinned = storage.Pin();
        for (int row = 0; row < storage.RowCount; row++)
        {
            int[] wanted = StoredValues.Bits(expected.AsSpan(row * Dimension, Dimension));
            Assert.Equal(wanted, StoredValues.Bits(storage.Row(row)));
            Assert.Equal(wanted[row % Dimension], BitConverter.SingleToInt32Bits(storage.Value(row, row % Dimension)));
            fixed (float* room = scratch)
            {
                Assert.Equal(wanted, StoredValues.Bits(new ReadOnlySpan<float>(pinned.Row(row, room), Dimension)));
            }
        }
    }
}
