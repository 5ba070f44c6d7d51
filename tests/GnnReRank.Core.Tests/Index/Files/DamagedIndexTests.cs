using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Formats;
using GnnReRank.Tests.Formats.Fuzz;

namespace GnnReRank.Tests.Index.Files;

/// <summary>A changed, cut or longer index file is refused, and what is wrong is named; a lie with right checksums harms nobody.</summary>
public sealed class DamagedIndexTests : IDisposable
{
    // Far above what the small file needs, far below what its lies announce.
    private const long LargestAllocation = 1 << 20;
    private const int Seed = 20151129;

    private readonly TemporaryFolder _folder = new();
    private readonly SealedBytes _valid;

    public DamagedIndexTests()
    {
        ReRankIndexFile.Write(
            FilePath, ReRankIndex.Build(GraphOf(IndexSamples.Rows(13, 1)), new CosineSettings()));
        _valid = new SealedBytes(File.ReadAllBytes(FilePath));
    }

    private string FilePath => _folder["gallery.rerank"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheTestsSealIsThatOfTheFile()
    {
        Assert.Equal(_valid.Bytes, new SealedBytes(_valid.Bytes).SealBlocks().Bytes);
        Assert.Null(Refused(_valid.Bytes));
        Assert.Equal(0, _valid.Start("features") % 4096);
    }

    [Fact]
    public void EachFlippedByteIsNoticedAndItsPlaceNamed()
    {
        foreach ((string name, int start, int end) in _valid.Parts())
        {
            for (int at = start; at < end; at += at < start + 8 || at > end - 20 ? 1 : name == "its first page" ? 61 : 7)
            {
                byte[] changed = [.. _valid.Bytes];
                changed[at] ^= (byte)(1 << (at % 8));
                string message = Refused(changed)?.Message ?? $"byte {at} in {name} is not noticed";
                Assert.Contains(at < 8 ? "does not begin" : $"{name}, bytes {start:N0} to {end - 1:N0}, is not as it was written", message);
            }
        }
    }

    [Fact]
    public void EachCutAndEachByteMoreIsNoticedAtOpening()
    {
        int[] ends = [.. _valid.Parts().SelectMany(part => new[] { part.Start, part.Start + 1, (part.Start + part.End) / 2, part.End - 1 })];
        foreach (int length in ends)
        {
            File.WriteAllBytes(FilePath, _valid.Bytes[..length]);
            GnnReRankException refused = Assert.Throws<GnnReRankException>(() => ReRankIndexFile.Read(FilePath));
            Assert.Equal(length == 0 ? "EmptyFile" : "CorruptFile", refused.ErrorId);
            Assert.True(length is 0 or > 4096 or < 8 || refused.Message.Contains($"{length:N0}", StringComparison.Ordinal), refused.Message);
        }

        File.WriteAllBytes(FilePath, [.. _valid.Bytes, 0]);
        Assert.Contains(
            $"{_valid.Bytes.Length:N0} were written", Assert.Throws<GnnReRankException>(() => ReRankIndexFile.Read(FilePath)).Message);
    }

    [Theory]
    [InlineData("features", false)]
    [InlineData("names", false)]
    [InlineData("inverse norms", false)]
    [InlineData("list scores", false)]
    [InlineData("description", true)]
    public void OpeningReadsNothingButTheDescriptionAndTheFirstSearchReadsAll(string section, bool isReadAtOpening)
    {
        byte[] changed = [.. _valid.Bytes];
        changed[_valid.Start(section)] ^= 1;
        File.WriteAllBytes(FilePath, changed);
        Assert.Contains(section, Assert.Throws<GnnReRankException>(() => ReRankIndexFile.Read(FilePath, verify: true)).Message);
        if (isReadAtOpening)
        {
            Assert.Contains(section, Assert.Throws<GnnReRankException>(() => ReRankIndexFile.Read(FilePath)).Message);
            return;
        }

        ReRankIndex index = ReRankIndexFile.Read(FilePath);
        Assert.Equal((13, "cosine"), (index.RowCount, index.Settings.ToString()!.ToLowerInvariant()[..6]));
        for (int search = 0; search < 2; search++)
        {
            Assert.Contains(section, Assert.Throws<GnnReRankException>(() => index.Search(IndexSamples.Queries)).Message);
        }
    }

    // The gallery's rows may be used before anything is searched.
    [Fact]
    public void FeaturesAreCheckedBeforeAnybodySeesOne()
    {
        byte[] changed = [.. _valid.Bytes];
        changed[_valid.Start("features") + 200] ^= 1;
        File.WriteAllBytes(FilePath, changed);
        FeatureMatrix gallery = ReRankIndexFile.Read(FilePath).Gallery;
        Assert.Equal("1/1/1.jpg", $"1{gallery.Names![1]["zürich".Length..]}");
        Assert.Contains("features", Assert.Throws<GnnReRankException>(() => gallery[12, 0]).Message);
        Assert.Contains("features", Assert.Throws<GnnReRankException>(() => gallery.GetRowSpan(12).Length).Message);
        Assert.Contains("features", Assert.Throws<GnnReRankException>(() => NeighborSearch.Build(null, gallery, 3)).Message);
    }

    [Fact]
    public void ABlockFarInLargeFeaturesIsNamed()
    {
        // A row and a half of the 4,000 lie over the end of the first block.
        FeatureMatrix rows = MadeFeatures.Random(4000, 101, seed: 4);
        ReRankIndexFile.Write(FilePath, ReRankIndex.Build(rows, new CosineSettings()), overwrite: true);
        Assert.Equal(rows.ToArray(), ReRankIndexFile.Read(FilePath, verify: true).Gallery.ToArray());
        byte[] bytes = File.ReadAllBytes(FilePath);
        bytes[1_300_000] ^= 4;
        Assert.Contains("'features', bytes 1,052,672 to 1,620,095, is not", Refused(bytes)!.Message);
    }

    public static TheoryData<string, int, long, string> Heads => new()
    {
        { "rows", 0, 0, "can be no index" },
        { "rows", 0, -1, "can be no index" },
        { "rows", 0, 12, "'features' has 117 values, and 108" },
        { "rows", 0, int.MaxValue, "'features' has 117" },
        { "rows", 0, long.MaxValue, "can be no index" },
        { "dimension", 8, 0, "can be no index" },
        { "dimension", 8, int.MaxValue, "'features' has 117" },
        { "places", 16, 0, "can be no index" },
        { "places", 16, 12, "'list indices' has 169 values, and 156" },
        { "places", 16, int.MaxValue, "'list indices' has 169" },
        { "sections", 24, 0, "too short" },
        { "sections", 24, -1, "too short" },
        { "sections", 24, 13, "none that this version knows" },
        { "sections", 24, 64, "too short" },
        { "sections", 24, long.MaxValue, "too short" },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void ADirectoryThatLiesOfTheWholeIsRefused(string what, int at, long lie, string words)
    {
        GnnReRankException? refused = Refused(_valid.With(_valid.Directory + at, BitConverter.GetBytes(lie)).SealDirectory().Bytes);
        Assert.True(refused?.Message.Contains(words, StringComparison.Ordinal), $"{what} {lie}: {refused?.Message}");
    }

    [Fact]
    public void ADirectoryThatLiesOfASectionIsRefused()
    {
        for (int section = 0; section < _valid.SectionCount; section++)
        {
            int entry = _valid.EntryOf(section);
            foreach (int size in new[] { 0, -1, 3, 16, 4096, int.MaxValue, int.MinValue })
            {
                AssertRefused(_valid.With(entry + SealedBytes.SizeAt, BitConverter.GetBytes(size)), _valid.Name(section));
            }

            long count = BitConverter.ToInt64(_valid.Bytes, entry + SealedBytes.CountAt);
            foreach (long lie in new[] { 0, -1, count - 1, count + 1, count + 64, 1L << 40, 1L << 62, long.MaxValue, long.MinValue })
            {
                AssertRefused(_valid.With(entry + SealedBytes.CountAt, BitConverter.GetBytes(lie)), _valid.Name(section));
            }

            long offset = BitConverter.ToInt64(_valid.Bytes, entry + SealedBytes.OffsetAt);
            foreach (long lie in new[] { 0, -1, offset + 64, offset - 64, offset + 1, 1L << 40, long.MaxValue, long.MinValue })
            {
                AssertRefused(_valid.With(entry + SealedBytes.OffsetAt, BitConverter.GetBytes(lie)), _valid.Name(section));
            }

            AssertRefused(_valid.With(entry, "state.x\0"u8.ToArray()), _valid.Name(section));
            AssertRefused(_valid.With(entry, _valid.Name(section) == "names" ? "labels\0"u8.ToArray() : "names\0"u8.ToArray()), _valid.Name(section));
        }
    }

    [Theory]
    [InlineData(16, -1)]
    [InlineData(16, long.MaxValue)]
    [InlineData(24, -1)]
    [InlineData(24, 4096)]
    [InlineData(24, 1L << 40)]
    [InlineData(32, -1)]
    [InlineData(32, 0)]
    [InlineData(32, long.MaxValue)]
    public void AFirstPageThatLiesIsRefused(int at, long lie) =>
        Assert.Equal("CorruptFile", Refused(_valid.With(at, BitConverter.GetBytes(lie)).SealPage().Bytes)?.ErrorId);

    [Fact]
    public void AnotherVersionIsNamedWithItsWriter()
    {
        GnnReRankException refused = Refused(_valid.With(8, 2).With(56, "GnnReRank 9.8.7"u8.ToArray()).SealPage().Bytes)!;
        Assert.Equal("UnsupportedContent", refused.ErrorId);
        Assert.Contains("version 2, written by 'GnnReRank 9.8.7', and this module reads version 1", refused.Message);
    }

    public static TheoryData<string, int, byte[], string> Lies => new()
    {
        { "features", 40, BitConverter.GetBytes(float.NaN), "feature row 1 has the inverse norm NaN" },
        { "features", 36, BitConverter.GetBytes(float.NegativeInfinity), "feature row 1 has the inverse norm NaN" },
        { "features", 36, BitConverter.GetBytes(7f), "feature row 1 has the inverse norm" },
        { "inverse norms", 8, BitConverter.GetBytes(float.NaN), "'inverse norms' has NaN for row 2" },
        { "inverse norms", 8, BitConverter.GetBytes(-1f), "'inverse norms' has -1 for row 2" },
        { "inverse norms", 8, BitConverter.GetBytes(float.PositiveInfinity), "and Infinity was stored" },
        { "inverse norms", 8, BitConverter.GetBytes(float.Epsilon), "was stored" },
        { "list indices", 0, BitConverter.GetBytes(1), "starts with vertex 1" },
        { "list indices", 4, BitConverter.GetBytes(13), "indices go from 0 to 12" },
        { "list indices", 4, BitConverter.GetBytes(int.MaxValue), "indices go from 0 to 12" },
        { "list indices", 4, BitConverter.GetBytes(int.MinValue), "indices go from 0 to 12" },
        { "list indices", 4, BitConverter.GetBytes(0), "names vertex 0 twice" },
        { "list indices", 4, BitConverter.GetBytes(-1), "padding" },
        { "list scores", 4, BitConverter.GetBytes(float.NaN), "scores are cosines" },
        { "list scores", 4, BitConverter.GetBytes(-1f), "out of order" },
        { "lengths of names", 0, BitConverter.GetBytes(-1), "text 0 has -1" },
        { "lengths of names", 0, BitConverter.GetBytes(int.MaxValue), "text 0 has 2,147,483,647" },
        { "lengths of names", 0, BitConverter.GetBytes(100), "'names' has" },
        { "label numbers", 0, BitConverter.GetBytes(1L), "has 1 twice" },
        { "description", 0, BitConverter.GetBytes(-1), "a text is missing" },
        { "description", 0, BitConverter.GetBytes(int.MaxValue), "2,147,483,647 entries are announced" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void ALieInASectionWithTheRightChecksumsIsRefused(string section, int at, byte[] lie, string words)
    {
        GnnReRankException? refused = Refused(_valid.With(_valid.Start(section) + at, lie).SealBlocks().Bytes);
        Assert.Contains(words, refused?.Message ?? "it is read");
        Assert.Equal("CorruptFile", refused?.ErrorId);
    }

    [Fact]
    public void RandomDamageIsRefused()
    {
        Mutator mutator = new(Seed);
        for (int damage = 0; damage < 250; damage++)
        {
            byte[] bytes = mutator.Damage(_valid.Bytes);
            Assert.True(Refused(bytes) is not null || bytes.AsSpan().SequenceEqual(_valid.Bytes), $"damage {damage} is not noticed");
        }
    }

    [Fact]
    public void RandomDamageWithTheRightChecksumsIsRefusedOrStillAnIndex()
    {
        Random random = new(Seed);
        int refused = 0;
        for (int damage = 0; damage < 400; damage++)
        {
            (string name, int start, int end) = _valid.Parts().ElementAt(1 + random.Next(_valid.SectionCount));
            byte[] values = new byte[Math.Min(random.Next(1, 9), end - start)];
            random.NextBytes(values);
            SealedBytes changed = _valid.With(start + random.Next(end - start - values.Length + 1), values).SealBlocks();
            refused += Refused(changed.Bytes) is null ? 0 : 1;
        }

        Assert.InRange(refused, 100, 399);
    }

    // Of a file that is read although it was changed, every search must end as usual.
    private GnnReRankException? Refused(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        GnnReRankException? refused = null;
        Allocation.AssertBelow(LargestAllocation, () =>
        {
            try
            {
                ReRankIndex index = ReRankIndexFile.Read(FilePath);
                Ranking ranking = index.Search(index.Dimension == IndexSamples.Dimension ? IndexSamples.Queries : index.Gallery);
                Assert.All(ranking.GetScoreSpan(0).ToArray(), score => Assert.True(float.IsFinite(score)));
            }
            catch (GnnReRankException fault)
            {
                refused = fault;
            }
        });
        return refused;
    }

    private void AssertRefused(SealedBytes changed, string section)
    {
        GnnReRankException? refused = Refused(changed.SealDirectory().Bytes);
        Assert.True(refused?.ErrorId == "CorruptFile", $"{section}: {refused?.Message ?? "it is read"}");
    }

    private static NeighborGraph GraphOf(FeatureMatrix gallery) => NeighborSearch.Build(null, gallery, gallery.RowCount);
}
