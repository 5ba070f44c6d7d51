using System.Text;

namespace GnnReRank.Tests.Formats.Fuzz;

/// <summary>Files whose every bit is covered by a checksum or said twice: one flipped bit is found, or changes nothing.</summary>
public sealed class OneBitTests
{
    public static TheoryData<string> Files =>
    [
        "numpy/sets_compressed.mat", "numpy/sets.npz", "numpy/stored.npz", "torch/table.pt", "torch/table_deflated.pt", "vectors/members.tsv.gz",
        "hdf5/checked.h5",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void AFlippedBitIsFoundOrChangesNothing(string file) => AssertFoundOrHarmless(file, OptionsFor(file), everyBitUpTo: 3000);

    /// <summary>What is not wanted is read on to the checksum all the same.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void AFlippedBitIsFoundWhereLessIsWanted(string file) =>
        AssertFoundOrHarmless(file, OptionsFor(file) with { Rows = new RowSelection { First = 2 }, Columns = [1] }, everyBitUpTo: 300);

    /// <summary>Names that are said twice in a file without checksums: every one of their bits is found, in either place.</summary>
    [Theory]
    [InlineData("known.parquet")]
    [InlineData("known.arrow")]
    public void AFlippedBitOfAColumnsNameIsFound(string file)
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder[file], [FeatureSamples.Known()]);
        byte[] bytes = File.ReadAllBytes(folder[file]);
        int[] bits = [.. new[] { "feature", "label", "camera", "name" }.SelectMany(name => BitsOf(bytes, name))];
        AssertFoundOrHarmless(folder[file], bytes, new FeatureReadOptions(), bits, leastFound: bits.Length);
    }

    /// <summary>The pages of a Parquet file have checksums; the footer behind them has none.</summary>
    [Fact]
    public void AFlippedBitOfAPageIsFoundOrChangesNothing()
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["known.parquet"], [FeatureSamples.Known()]);
        byte[] bytes = File.ReadAllBytes(folder["known.parquet"]);
        int footer = bytes.Length - 8 - BitConverter.ToInt32(bytes, bytes.Length - 8);
        AssertFoundOrHarmless(folder["known.parquet"], bytes, new FeatureReadOptions(), Enumerable.Range(0, footer * 8), leastFound: footer * 4);
    }

    private static IEnumerable<int> BitsOf(byte[] bytes, string name)
    {
        byte[] sought = Encoding.ASCII.GetBytes(name);
        int[] places = [.. Enumerable.Range(0, bytes.Length - sought.Length).Where(place => bytes.AsSpan(place).StartsWith(sought))];
        Assert.Equal(2, places.Length);
        return places.SelectMany(place => Enumerable.Range(place * 8, sought.Length * 8));
    }

    private static FeatureReadOptions OptionsFor(string file) => file.Contains("sets", StringComparison.Ordinal) || file.Contains("stored", StringComparison.Ordinal)
        ? new FeatureReadOptions { Sets = [FeatureRole.Gallery] }
        : new FeatureReadOptions();

    private static void AssertFoundOrHarmless(string file, FeatureReadOptions options, int everyBitUpTo)
    {
        using TemporaryFolder folder = new();
        string path = folder[Path.GetFileName(file)];
        byte[] bytes = FuzzCases.Bytes(file);
        File.WriteAllBytes(path, bytes);

        // Of a larger file every third bit, or every fifth and so on: each byte in turn, and each place in it.
        int step = (bytes.Length / everyBitUpTo) | 1;
        int[] bits = [.. Enumerable.Range(0, bytes.Length * 8).Where(bit => bit % step == 0)];
        AssertFoundOrHarmless(path, bytes, options, bits, leastFound: bits.Length / 4);
    }

    private static void AssertFoundOrHarmless(string path, byte[] bytes, FeatureReadOptions options, IEnumerable<int> bits, int leastFound)
    {
        FeatureReadResult whole = FeatureFile.Read(path, options);
        int found = 0;
        List<string> missed = [];
        using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        foreach (int bit in bits)
        {
            Write(stream, bit / 8, (byte)(bytes[bit / 8] ^ (1 << (bit % 8))));
            try
            {
                FeatureReadResult changed = FeatureFile.Read(path, options);
                if (!AreSame(whole, changed))
                {
                    missed.Add($"{bit / 8}:{bit % 8} {string.Join(' ', changed.Warnings)}");
                }
            }
            catch (GnnReRankException)
            {
                found++;
            }

            Write(stream, bit / 8, bytes[bit / 8]);
        }

        Assert.True(missed.Count == 0, $"{missed.Count} flipped bits change what is read without a word (byte:bit): {string.Join(' ', missed)}");
        Assert.True(found >= leastFound, $"Only {found} flipped bits were found.");
    }

    private static void Write(FileStream stream, int place, byte value)
    {
        stream.Position = place;
        stream.WriteByte(value);
        stream.Flush();
    }

    private static bool AreSame(FeatureReadResult expected, FeatureReadResult actual) =>
        expected.Warnings.SequenceEqual(actual.Warnings) && expected.Matrices.Count == actual.Matrices.Count
        && expected.Matrices.Zip(actual.Matrices).All(pair => AreSame(pair.First, pair.Second));

    private static bool AreSame(FeatureMatrix one, FeatureMatrix other) =>
        (one.RowCount, one.Dimension, one.Role) == (other.RowCount, other.Dimension, other.Role)
        && one.ToArray().Cast<float>().SequenceEqual(other.ToArray().Cast<float>())
        && AreSame(one.Labels, other.Labels) && AreSame(one.Cameras, other.Cameras) && AreSame(one.Names, other.Names);

    private static bool AreSame<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other) => one is null ? other is null : other is not null && one.SequenceEqual(other);
}
