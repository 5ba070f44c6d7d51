using System.Buffers.Binary;
using GnnReRank.Formats.Arrow;

namespace GnnReRank.Tests.Formats.Arrow;

/// <summary>Files of Apache Arrow for JavaScript and of Polars.</summary>
public sealed class ArrowReaderTests
{
    [Theory]
    [InlineData("js_fixed_float32.arrow")]
    [InlineData("js_fixed_float16.arrow")]
    [InlineData("js_list_float64.feather")]
    [InlineData("js_stream.arrows")]
    public void ReadsListsWithLabelsCamerasAndNames(string file)
    {
        FeatureMatrix matrix = Read(file);
        FixtureFormula.AssertFeatures(matrix, 40, 6);
        FixtureFormula.AssertLabels(matrix);
        FixtureFormula.AssertCameras(matrix);
        FixtureFormula.AssertNames(matrix);
    }

    [Fact]
    public void KeepsFloat16() => Assert.Equal(FeatureElementType.Float16, Read("js_fixed_float16.arrow").ElementType);

    [Fact]
    public void ReadsIntegersAndWholeFloatingPointLabels()
    {
        FeatureMatrix matrix = Read("js_list_int16.arrow");
        FixtureFormula.AssertFeatures(matrix, 40, 6, factor: 4);
        FixtureFormula.AssertLabels(matrix);
    }

    [Fact]
    public void ReadsAColumnADimensionAndLabelsAsText()
    {
        FeatureMatrix matrix = Read("js_columns.arrow");
        FixtureFormula.AssertFeatures(matrix, 40, 6);
        FixtureFormula.AssertLabels(matrix);
    }

    [Fact]
    public void ReadsDictionaries()
    {
        FeatureMatrix matrix = Read("js_dictionary.arrow");
        FixtureFormula.AssertLabels(matrix);
        FixtureFormula.AssertNames(matrix);
    }

    [Fact]
    public void ReadsSeveralRecordBatches() => FixtureFormula.AssertFeatures(Read("js_batches.arrow"), 40, 6);

    [Theory]
    [InlineData("polars_uncompressed.arrow")]
    [InlineData("polars_lz4.arrow")]
    [InlineData("polars_zstd.arrow")]
    public void ReadsCompressedFiles(string file)
    {
        FeatureMatrix matrix = Read(file);
        FixtureFormula.AssertFeatures(matrix, 200, 6);
        FixtureFormula.AssertLabels(matrix);
    }

    [Fact]
    public void ReadsTheSetsOfAColumn()
    {
        FeatureReadOptions options = new() { Sets = [FeatureRole.Gallery] };
        FeatureMatrix gallery = Assert.Single(FeatureFile.Read(TestPaths.Data("arrow", "js_sets.arrow"), options).Matrices);
        Assert.Equal((13, FeatureRole.Gallery), (gallery.RowCount, gallery.Role));
        Assert.Equal(FixtureFormula.Value(2, 3), gallery[0, 3]);
    }

    [Theory]
    [InlineData("js_null_element.arrow", "MissingValue", "row 7 (0-based) of the column 'feature' has a null in its list")]
    [InlineData("js_null_list.arrow", "MissingValue", "row 7 (0-based) of the column 'feature' is null")]
    [InlineData("js_null_label.arrow", "MissingValue", "row 7 (0-based) of the column 'label' is null")]
    [InlineData("js_ragged.arrow", "RaggedFeatures", "row 7 (0-based) of the column 'feature' has 5 values")]
    public void NamesTheRowAtFault(string file, string errorId, string what)
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("arrow", file), new FeatureReadOptions { LabelColumn = file.Contains("label") ? "label" : null });
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(what, error.Message);
    }

    [Fact]
    public void RefusesFeatherVersion1ByItsName()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["old.feather"], [.. "FEA1"u8, .. new byte[64], .. "FEA1"u8]);
        GnnReRankException error = Formulas.Refused(folder["old.feather"]);
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains("Feather version 1", error.Message);
    }

    // A length of 0 ends a stream, before its schema too.
    [Fact]
    public void AStreamWithoutASchemaIsRefused()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(TestPaths.Data("arrow", "js_stream.arrows"));
        bytes.AsSpan(4, 4).Clear();
        File.WriteAllBytes(folder["ended.arrows"], bytes);
        GnnReRankException error = Formulas.Refused(folder["ended.arrows"]);
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains("no schema", error.Message);
    }

    /// <summary>A message that claims 2 GB of metadata, in a file of 3 KB.</summary>
    // At byte 24 stands how long the list is that says where the fields of the first batch's message are: 12 bytes, four fields. A longer
    // one has a fifth, metadata, whose place is read from what follows; the library makes room for as many entries as stand there.
    [Theory]
    [InlineData(25, 0xFE)]
    [InlineData(24, 0x0E)]
    public void ClaimedMetadataTakesNoMemory(int place, byte value)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(TestPaths.Data("matrix", "arrow_int8.arrow"));
        Assert.Equal(12, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(24)));
        bytes[place] = value;
        File.WriteAllBytes(folder["bomb.arrow"], bytes);
        Allocation.AssertBelow(1 << 22, () => Assert.Equal("CorruptFile", Formulas.Refused(folder["bomb.arrow"]).ErrorId));
    }

    [Fact]
    public void AClaimedLengthTakesNoMemory()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(TestPaths.Data("arrow", "js_fixed_float32.arrow"));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), 0x7FFFFFF0);
        File.WriteAllBytes(folder["bomb.arrow"], bytes);
        Allocation.AssertBelow(1 << 22, () => Assert.Equal("CorruptFile", Formulas.Refused(folder["bomb.arrow"]).ErrorId));
    }

    /// <summary>A batch that claims 50 million rows of its six columns in a file of 2 KB.</summary>
    [Fact]
    public void ClaimedRowsTakeNoMemory()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(TestPaths.Data("arrow", "js_columns.arrow"));

        // The record batch: its length, then one node a column (seven, with the label): length and number of nulls.
        int[] places = [80, .. Enumerable.Range(0, 7).Select(column => 344 + (16 * column))];
        foreach (int place in places)
        {
            Assert.Equal(40, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(place)));
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(place), 50_000_000);
        }

        File.WriteAllBytes(folder["bomb.arrow"], bytes);
        Allocation.AssertBelow(1 << 22, () => Assert.Contains("its buffer holds fewer", Formulas.Refused(folder["bomb.arrow"]).Message));
    }

    /// <summary>All columns' buffers are the same compressed bytes, of which each claims as much as all of the file could become.</summary>
    [Fact]
    public void BuffersTogetherTakeNoMoreThanTheFileCanHold()
    {
        ArrowMemory memory = new(1 << 20);
        for (int buffer = 0; buffer < 16; buffer++)
        {
            memory.Allocate(16 << 20).Dispose();
        }

        Assert.Throws<InvalidDataException>(() => memory.Allocate(16 << 20));
    }

    private static FeatureMatrix Read(string file) => Assert.Single(FeatureFile.Read(TestPaths.Data("arrow", file)).Matrices);
}
