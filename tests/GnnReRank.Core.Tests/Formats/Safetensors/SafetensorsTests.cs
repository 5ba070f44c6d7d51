using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace GnnReRank.Tests.Formats.Safetensors;

public sealed class SafetensorsTests
{
    private static readonly FeatureReadOptions s_sets = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };

    [Theory]
    [InlineData("f16", FeatureElementType.Float16)]
    [InlineData("f32", FeatureElementType.Float32)]
    [InlineData("f64", FeatureElementType.Float32)]
    [InlineData("bf16", FeatureElementType.Float32)]
    public void ReadsFloatingPoint(string file, FeatureElementType kept)
    {
        FeatureMatrix matrix = Read($"{file}.safetensors");
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(kept, matrix.ElementType);
    }

    [Theory]
    [InlineData("i8")]
    [InlineData("i16")]
    [InlineData("i32")]
    [InlineData("i64")]
    [InlineData("u8")]
    [InlineData("u16")]
    [InlineData("u32")]
    [InlineData("u64")]
    public void ReadsIntegers(string file) => Formulas.AssertFeatures(Read($"{file}.safetensors"), 6, 5, Formulas.Integer);

    [Fact]
    public void ReadsTruthValues() => Formulas.AssertFeatures(Read("bool.safetensors"), 6, 5, Formulas.Truth);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsBothSetsWithAllThatIsKnown(bool mapped)
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("vectors", "sets.safetensors"), s_sets with { MemoryMapped = mapped }).Matrices;
        Assert.Equal([4, 9], matrices.Select(matrix => matrix.RowCount));
        foreach (FeatureMatrix matrix in matrices)
        {
            Formulas.AssertFeatures(matrix, matrix.RowCount, 5, Formulas.Feature);
            Assert.Equal(mapped, matrix.IsMemoryMapped);
            Assert.Equal(Formulas.Labels(matrix.RowCount), matrix.Labels!);
            Assert.Equal(Formulas.Cameras(matrix.RowCount), matrix.Cameras!);
            Assert.Equal(Formulas.Names(matrix.RowCount), matrix.Names!);
        }
    }

    [Fact]
    public void RefusesTypesThatAreNotReadOrMapped()
    {
        Assert.Contains("F8_E4M3", Formulas.Refused(TestPaths.Data("vectors", "f8.safetensors")).Message);
        FeatureReadOptions mapped = new() { MemoryMapped = true };
        Assert.Equal("MemoryMappedElementType", Formulas.Refused(TestPaths.Data("vectors", "bf16.safetensors"), mapped).ErrorId);
    }

    // What the format's description demands: a length, a JSON object, tensors end to end, aligned and in little-endian.
    [Fact]
    public void WritesWhatTheDescriptionDemands()
    {
        using TemporaryFolder folder = new();
        FeatureMatrix matrix = new([1f, 2f, 3f, 4f, 5f, 6f], 3, 2, [7, 8, -9], [1, 2, 3], ["a", "\u00e9", "c"], FeatureRole.Query);
        FeatureFile.Write(folder["a.safetensors"], [matrix]);
        byte[] file = File.ReadAllBytes(folder["a.safetensors"]);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        JsonElement root = header.RootElement;
        Assert.Equal(["__metadata__", "query_label", "query_cam", "query_f"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("[\"a\",\"\u00e9\",\"c\"]", Normal(root.GetProperty("__metadata__").GetProperty("query_name").GetString()!));
        Assert.Equal("{\"dtype\":\"I64\",\"shape\":[3],\"data_offsets\":[0,24]}", root.GetProperty("query_label").GetRawText());
        Assert.Equal("{\"dtype\":\"I64\",\"shape\":[3],\"data_offsets\":[24,48]}", root.GetProperty("query_cam").GetRawText());
        Assert.Equal("{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[48,72]}", root.GetProperty("query_f").GetRawText());
        Assert.Equal(8 + length + 72, file.Length);
        Assert.Equal(-9, BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(8 + length + 16)));
        Assert.Equal(6f, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(file.Length - 4)));
    }

    [Fact]
    public void KeepsBothSetsAndFloat16()
    {
        using TemporaryFolder folder = new();
        FeatureReadOptions half = new() { ElementType = FeatureElementType.Float16 };
        FeatureMatrix query = FeatureFile.Read(TestPaths.Data("numpy", "f4.npy"), half with { Role = FeatureRole.Query }).Matrices[0];
        FeatureMatrix gallery = FeatureSamples.Known(FeatureRole.Gallery, largest: 1e37f);
        FeatureFile.Write(folder["a.safetensors"], [query, gallery]);
        IReadOnlyList<FeatureMatrix> back = FeatureFile.Read(folder["a.safetensors"], s_sets with { MemoryMapped = true }).Matrices;
        Assert.Equal(FeatureElementType.Float16, back[0].ElementType);
        Formulas.AssertFeatures(back[0], 6, 5, Formulas.Feature);
        FeatureSamples.AssertSame(gallery, back[1]);
        Assert.Equal("DuplicateRole", Assert.Throws<GnnReRankException>(() => FeatureFile.Write(folder["b.safetensors"], [query, query])).ErrorId);
    }

    [Theory]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", null)]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}  ", null)]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},\"__metadata__\":{\"names\":\"[\\\"a\\\"]\"}}", null)]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},\"__metadata__\":{\"names\":\"[3]\"}}", null)]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}", "CorruptFile")]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[0,8]}}", "CorruptFile")]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[-1,-2],\"data_offsets\":[0,8]}}", "CorruptFile")]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,4]}}", "CorruptFile")]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,9223372036854775807]}}", "CorruptFile")]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,0]}}", "CorruptFile")]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[4,8]}}", "CorruptFile")]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "CorruptFile")]
    [InlineData("{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},\"features\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}}", "CorruptFile")]
    [InlineData("{\"features\":{\"shape\":[1,2],\"data_offsets\":[0,8]}}", "CorruptFile")]
    [InlineData("{\"features\":[]}", "CorruptFile")]
    [InlineData("{\"__metadata__\":3}", "CorruptFile")]
    [InlineData("{\"__metadata__\":{\"a\":3}}", "CorruptFile")]
    [InlineData("{\"features\":{\"dtype\":\"\\ud800\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", "CorruptFile")]
    [InlineData("{\"features\"", "CorruptFile")]
    public void ChecksTheHeader(string header, string? errorId)
    {
        using TemporaryFolder folder = new();
        byte[] text = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(folder["a.safetensors"], [.. BitConverter.GetBytes((long)text.Length), .. text, .. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f)]);
        if (errorId is null)
        {
            Assert.Equal([1f, 2f], FeatureFile.Read(folder["a.safetensors"]).Matrices[0].GetRow(0));
            return;
        }

        Allocation.AssertBelow(1 << 20, () => Assert.Equal(errorId, Formulas.Refused(folder["a.safetensors"]).ErrorId));
    }

    [Theory]
    [InlineData(99_000_000L, "CorruptFile")]
    [InlineData(101_000_000L, "WrongFormat")]
    [InlineData(-1L, "WrongFormat")]
    public void RefusesALongHeaderThatIsNotThere(long length, string errorId)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.safetensors"], [.. BitConverter.GetBytes(length), .. "{}      "u8]);
        Allocation.AssertBelow(1 << 20, () => Assert.Equal(errorId, Formulas.Refused(folder["a.safetensors"]).ErrorId));
    }

    private static string Normal(string json) => JsonSerializer.Serialize(
        JsonSerializer.Deserialize<string[]>(json), new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static FeatureMatrix Read(string file) => Assert.Single(FeatureFile.Read(TestPaths.Data("vectors", file)).Matrices);
}
