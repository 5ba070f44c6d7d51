using System.Buffers.Binary;
using System.Text;

namespace GnnReRank.Tests.Formats.Hdf5;

public sealed class Hdf5RefusalTests
{
    [Theory]
    [InlineData("types.h5", "complex", "UnsupportedContent", "Compound")]
    [InlineData("types.h5", "bfloat16", "UnsupportedContent", "FloatingPoint")]
    [InlineData("layouts.h5", "unwritten", "UnsupportedContent", "never written")]
    [InlineData("layouts.h5", "half_written", "UnsupportedContent", "never written")]
    [InlineData("layouts.h5", "scaled", "UnsupportedContent", "filter 6")]
    [InlineData("layouts.h5", "external", "UnsupportedContent", "another file")]
    [InlineData("layouts.h5", "virtual", "UnsupportedContent", "virtual dataset")]
    [InlineData("layouts.h5", "flat", "WrongArrayShape", "one dimension")]
    [InlineData("layouts.h5", "empty", "EmptyFeatureMatrix", "(0 x 5)")]
    [InlineData("layouts.h5", "null", "WrongArrayShape", "one dimension")]
    [InlineData("layouts.h5", "by_path", "ColumnNotFound", "by_path")]
    [InlineData("layouts.h5", "elsewhere", "ColumnNotFound", "elsewhere")]
    [InlineData("latest.h5", "growing", "UnsupportedContent", "libver='earliest'")]
    [InlineData("latest.h5", "growing_both", "UnsupportedContent", "libver='earliest'")]
    [InlineData("names.h5", "names", "UnsupportedContent", "text")]
    [InlineData("grouped_sets.h5", null, "AmbiguousContent", "-Set")]
    public void SaysWhatCannotBeUsed(string file, string? dataset, string errorId, string what)
    {
        GnnReRankException error = Hdf5Fixtures.Refused(file, dataset);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(what, error.Message);
    }

    [Theory]
    [InlineData("features", "UnsupportedContent", "text is needed")]
    [InlineData("bytes", "CorruptFile", "no characters")]
    public void RefusesNamesThatAreNoText(string dataset, string errorId, string what)
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("hdf5", "names.h5"), new FeatureReadOptions { NameColumn = dataset });
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(what, error.Message);
    }

    [Fact]
    public void FindsADamagedChunkByItsChecksum()
    {
        byte[] file = File.ReadAllBytes(TestPaths.Data("hdf5", "layouts.h5"));

        // The first row's first two values, -1 and -5/8, in a chunk of two columns that is not compressed: of 'chunked', then of 'growing', and of 'checked'.
        byte[] start = [.. BitConverter.GetBytes(-1f), .. BitConverter.GetBytes(-0.625f), .. BitConverter.GetBytes(Formulas.Feature(1, 0))];
        int place = file.AsSpan().LastIndexOf(start);
        file[place] ^= 1;
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], file);
        GnnReRankException error = Formulas.Refused(folder["a.h5"], new FeatureReadOptions { FeatureColumns = ["checked"] });
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains("checksum", error.Message);
    }

    /// <summary>Structures that the file in which every bit is flipped does not have: a header's continuation, and a page of an index.</summary>
    [Theory]
    [InlineData("groups_latest.h5", "run/1/embeddings", "OCHK", 20)]
    [InlineData("latest.h5", "paged", "FADB", 14 + 1 + 4 + (8 * 500))]
    [InlineData("latest.h5", "single_gzip", "OHDR", 60)]
    public void FindsADamagedStructureByItsChecksum(string file, string dataset, string mark, int distance)
    {
        byte[] bytes = File.ReadAllBytes(TestPaths.Data("hdf5", file));
        bytes[bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(mark)) + distance] ^= 1;
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], bytes);
        Assert.Contains("checksum", Formulas.Refused(folder["a.h5"], new FeatureReadOptions { FeatureColumns = [dataset] }).Message);
    }

    // The extents 4 and 9 of the sets follow each other only in the dataspace messages of features: rows, then 5 columns.
    [Theory]
    [InlineData(9L, 5L, 1L << 40, 5L)]
    [InlineData(9L, 5L, 10L, 1L << 60)]
    [InlineData(9L, 5L, long.MaxValue, long.MaxValue)]
    [InlineData(9L, 5L, 3000L, 5L)]
    public void RefusesExtentsThatTheFileDoesNotHold(long rows, long columns, long claimedRows, long claimedColumns)
    {
        byte[] file = File.ReadAllBytes(TestPaths.Data("hdf5", "sets.h5"));
        Replace(file, Extents(rows, columns), Extents(claimedRows, claimedColumns));
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], file);
        GnnReRankException? error = null;
        Allocation.AssertBelow(4 << 20, () => error = Formulas.Refused(folder["a.h5"], new FeatureReadOptions { Sets = [FeatureRole.Gallery] }));
        Assert.Equal("CorruptFile", error!.ErrorId);
    }

    [Theory]
    [InlineData(1L << 40, 5L)]
    [InlineData(40_000_000L, 5L)]
    [InlineData(1L << 62, 1L << 62)]
    public void RefusesMoreThanCompressedChunksCanHold(long claimedRows, long claimedColumns)
    {
        // 'gzip' in a file of its own would be cleaner; here it is the only dataset whose extents are followed by the same maximal ones and a chunk of 3 x 5.
        byte[] file = File.ReadAllBytes(TestPaths.Data("hdf5", "layouts.h5"));
        for (int place = file.AsSpan().IndexOf(Extents(7, 5)); place >= 0; place = file.AsSpan().IndexOf(Extents(7, 5)))
        {
            Extents(claimedRows, claimedColumns).CopyTo(file, place);
        }

        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], file);
        foreach (string dataset in new[] { "gzip", "all", "lzf", "chunked", "compact", "contiguous" })
        {
            Allocation.AssertBelow(16 << 20, () => Assert.Contains(
                Formulas.Refused(folder["a.h5"], new FeatureReadOptions { FeatureColumns = [dataset] }).ErrorId,
                new[] { "CorruptFile", "UnsupportedContent" }));
        }
    }

    /// <summary>500 texts of 60 KB, which are one: 30 MB of a file of 68 KB, and as much again for each larger text and each further row.</summary>
    [Fact]
    public void RefusesOneTextNamedOverAndOver()
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("hdf5", "shared_text.h5"));
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains("without end", error.Message);
    }

    [Fact]
    public void RefusesGroupsNestedUnderLongNames()
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("hdf5", "deep.h5"));
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains("a path in it is longer than 1,024 characters", error.Message);
    }

    /// <summary>Records that are shorter than the hash they start with.</summary>
    [Fact]
    public void RefusesATreeOfRecordsThatAreTooShort()
    {
        byte[] file = File.ReadAllBytes(TestPaths.Data("hdf5", "groups_latest.h5"));
        int tree = file.AsSpan().IndexOf("BTHD"u8);
        Assert.Equal(11, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(tree + 10)));
        file[tree + 10] = 3;
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], file);
        Assert.Equal("CorruptFile", Formulas.Refused(folder["a.h5"]).ErrorId);
    }

    [Fact]
    public void RefusesATextFileAndAFileOfAnotherFormat()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.h5"], "1,2\n");
        Assert.Equal("WrongFormat", Formulas.Refused(folder["a.h5"]).ErrorId);
        File.Copy(TestPaths.Data("hdf5", "sets.h5"), folder["a.npy"]);
        Assert.Contains("Hdf5", Formulas.Refused(folder["a.npy"]).Message);
    }

    private static byte[] Extents(long rows, long columns)
    {
        byte[] bytes = new byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, rows);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long)), columns);
        return bytes;
    }

    private static void Replace(byte[] file, byte[] old, byte[] changed)
    {
        int place = file.AsSpan().IndexOf(old);
        Assert.True(place >= 0);
        changed.CopyTo(file, place);
    }
}
