using GnnReRank.Tests.Formats.Fuzz;
using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Formats;

public sealed class MemoryMappedRefusalTests
{
    private static readonly FeatureReadOptions s_mapped = new() { MemoryMapped = true };

    [Theory]
    [InlineData("numpy/f8.npy", null, "MemoryMappedElementType", "float64", "astype('float32')")]
    [InlineData("numpy/i4.npy", null, "MemoryMappedElementType", "int32", "astype('float32')")]
    [InlineData("numpy/f4_big.npy", null, "MemoryMappedByteOrder", "float32", "astype('float32')")]
    [InlineData("numpy/f2_big.npy", null, "MemoryMappedByteOrder", "float16", "astype('float16')")]
    [InlineData("numpy/f4_fortran.npy", null, "MemoryMappedOrder", "Fortran", "ascontiguousarray")]
    [InlineData("numpy/sets.npz", "query_f", "MemoryMappedCompressed", "compressed", "numpy.savez")]
    [InlineData("numpy/stored_unusual.npz", "double", "MemoryMappedElementType", "array 'double' (6 x 5)", "astype('float32')")]
    [InlineData("numpy/stored_unusual.npz", "big", "MemoryMappedByteOrder", "array 'big'", "astype('float32')")]
    [InlineData("numpy/stored_unusual.npz", "fortran", "MemoryMappedOrder", "array 'fortran'", "ascontiguousarray")]
    [InlineData("numpy/stored_unusual.npz", "integers", "MemoryMappedElementType", "int16", "astype('float32')")]
    [InlineData("numpy/f4.mat", null, "MemoryMappedFormat", "Mat files", "Export-FeatureMatrix")]
    [InlineData("parquet/rust_fixed_float16.parquet", null, "MemoryMappedFormat", "Parquet files", "Export-FeatureMatrix")]
    [InlineData("text/duckdb_named.csv", null, "MemoryMappedFormat", "Csv files", "Export-FeatureMatrix")]
    [InlineData("text/duckdb_tabs.tsv", null, "MemoryMappedFormat", "Tsv files", "Export-FeatureMatrix")]
    public void SaysWhatWasFoundAndWhatToDo(string file, string? array, string errorId, string found, string advice)
    {
        FeatureReadOptions options = s_mapped with { FeatureColumns = array is null ? null : [array] };
        GnnReRankException error = Formulas.Refused(TestPaths.Data(file.Split('/')), options);
        Assert.Equal((errorId, ErrorKind.NotSupported), (error.ErrorId, error.Kind));
        Assert.Contains(found, error.Message);
        Assert.Contains(advice, error.Message);
        Assert.Contains("leave -MemoryMapped out", error.Message);
    }

    [Fact]
    public void DropsNoRows() => Assert.Equal(
        "MemoryMappedSkipInvalid", Formulas.RefusedFixture("f4.npy", s_mapped with { SkipInvalid = true }).ErrorId);

    [Theory]
    [InlineData("f4.npy", FeatureElementType.Float16)]
    [InlineData("f2.npy", FeatureElementType.Float32)]
    public void ConvertsNothing(string fixture, FeatureElementType wanted) => Assert.Equal(
        "MemoryMappedConversion", Formulas.RefusedFixture(fixture, s_mapped with { ElementType = wanted }).ErrorId);

    [Theory]
    [InlineData(float.NaN, "NonFiniteFeature", "row 1, column 1")]
    [InlineData(float.PositiveInfinity, "NonFiniteFeature", "row 1, column 1")]
    [InlineData(0f, "ZeroFeatureRow", "row 1 ")]
    public void NamesARowThatCannotBeUsedAndTheWayToDropIt(float bad, string errorId, string where)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npy"], NpyBytes.Make("<f4", "(3, 2)", NpyBytes.Singles(1, 2, 0, bad, 5, 6)));
        GnnReRankException error = Formulas.Refused(folder["a.npy"], s_mapped);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(where, error.Message);
        Assert.Contains("with -SkipInvalid and without -MemoryMapped", error.Message);
    }

    [Theory]
    [InlineData("(3, 2)")]
    [InlineData("(1, 2)")]
    [InlineData("(2147483647, 2147483647)")]
    [InlineData("(4294967296, 4294967296)")]
    public void RefusesAShapeThatTheFileDoesNotHold(string shape)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npy"], NpyBytes.Make("<f4", shape, NpyBytes.Singles(1, 2, 3, 4)));
        Assert.Equal("CorruptFile", Formulas.Refused(folder["a.npy"], s_mapped).ErrorId);
    }

    [Fact]
    public void RefusesMoreRowsThanAMatrixHas()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux makes a file of 6 GB that takes no room without being asked.");
        using TemporaryFolder folder = new();
        byte[] header = NpyBytes.Make("<f2", "(3000000000, 1)", []);
        using (FileStream file = File.Create(folder["a.npy"]))
        {
            file.Write(header);
            file.SetLength(header.Length + 6_000_000_000);
        }

        Assert.Equal("FeatureMatrixTooLarge", Formulas.Refused(folder["a.npy"], s_mapped).ErrorId);
    }

    [Fact]
    public void AnArrayTooLargeForMemoryIsToldOfTheMapping()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux makes a file of 9 GB that takes no room without being asked.");
        using TemporaryFolder folder = new();
        byte[] header = NpyBytes.Make("<f4", "(2300000, 1000)", []);
        using (FileStream file = File.Create(folder["a.npy"]))
        {
            file.Write(header);
            file.SetLength(header.Length + 9_200_000_000);
        }

        GnnReRankException error = Formulas.Refused(folder["a.npy"]);
        Assert.Equal("FeatureMatrixTooLarge", error.ErrorId);
        Assert.Contains("-MemoryMapped", error.Message);
    }

    [Theory]
    [InlineData("f2.npy")]
    [InlineData("stored.npz")]
    public void ADamagedFileIsRefusedOrStillValid(string file)
    {
        const int mutations = 400;
        using TemporaryFolder folder = new();
        byte[] valid = File.ReadAllBytes(TestPaths.Data("numpy", file));
        FeatureReadOptions options = file == "stored.npz" ? s_mapped with { Sets = [FeatureRole.Gallery, FeatureRole.Query] } : s_mapped;
        Mutator mutator = new(20120762);
        int refused = 0;
        for (int mutation = 0; mutation < mutations; mutation++)
        {
            // A file each: what is mapped must not be written to.
            string path = folder[$"{mutation}{Path.GetExtension(file)}"];
            File.WriteAllBytes(path, mutator.Damage(valid));
            try
            {
                IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(path, options).Matrices;
                Assert.All(matrices, matrix => Assert.All(matrix.ToArray().Cast<float>(), value => Assert.True(float.IsFinite(value))));
            }
            catch (GnnReRankException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, mutations / 4, mutations);
    }
}
