using System.IO.Compression;

namespace GnnReRank.Tests.Formats.Delimited;

/// <summary>Text compressed with gzip, by Python's gzip module and by the writer.</summary>
public sealed class GzipTests
{
    [Theory]
    [InlineData("named.csv.gz")]
    [InlineData("members.tsv.gz")]
    [InlineData("header.csv.gz")]
    public void ReadsOneMemberOrSeveral(string file) => AssertKnown(TestPaths.Data("vectors", file), null);

    [Fact]
    public void GoesByTheContentNotTheEnding()
    {
        using TemporaryFolder folder = new();
        File.Copy(TestPaths.Data("vectors", "named.csv.gz"), folder["a.csv"]);
        AssertKnown(folder["a.csv"], null);
        AssertKnown(folder["a.csv"], FeatureFormat.Csv);
        File.WriteAllText(folder["b.csv.gz"], "1,2\n");
        Assert.Equal([1f, 2f], FeatureFile.Read(folder["b.csv.gz"]).Matrices[0].GetRow(0));
    }

    [Theory]
    [InlineData("named.csv.gz")]
    [InlineData("members.tsv.gz")]
    [InlineData("header.csv.gz")]
    public void RefusesAFileCutAnywhere(string file)
    {
        using TemporaryFolder folder = new();
        byte[] valid = File.ReadAllBytes(TestPaths.Data("vectors", file));
        for (int length = 1; length < valid.Length; length++)
        {
            File.WriteAllBytes(folder[file], valid[..length]);
            Assert.Contains(Formulas.Refused(folder[file]).ErrorId, new[] { "CorruptFile", "WrongFormat", "EmptyFeatureMatrix", "FieldCountMismatch" });
        }
    }

    [Fact]
    public void AFlippedBitIsRefusedOrMeansNothing()
    {
        using TemporaryFolder folder = new();
        byte[] valid = File.ReadAllBytes(TestPaths.Data("vectors", "named.csv.gz"));
        const int headerLength = 10;
        int refused = 0;
        for (int bit = headerLength * 8; bit < valid.Length * 8; bit++)
        {
            byte[] damaged = [.. valid];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(folder["a.csv.gz"], damaged);
            try
            {
                AssertKnown(folder["a.csv.gz"], null);
            }
            catch (GnnReRankException)
            {
                refused++;
            }
        }

        // Only the few bits that fill the last byte of the compressed data mean nothing.
        Assert.InRange(refused, ((valid.Length - headerLength) * 8) - 7, (valid.Length - headerLength) * 8);
    }

    [Fact]
    public void RefusesWhatIsNoText()
    {
        using TemporaryFolder folder = new();
        using (GZipStream stream = new(File.Create(folder["a.csv.gz"]), CompressionLevel.Optimal))
        {
            stream.Write(File.ReadAllBytes(TestPaths.Data("numpy", "f4.npy")));
        }

        Assert.Equal("WrongFormat", Formulas.Refused(folder["a.csv.gz"]).ErrorId);
        File.Copy(TestPaths.Data("vectors", "named.csv.gz"), folder["b.gz"]);
        Assert.Equal("UnknownFormat", Formulas.Refused(folder["b.gz"]).ErrorId);
        File.WriteAllText(folder["b.jsonl"], "{}");
        Assert.Contains("ConvertFrom-Json", Formulas.Refused(folder["b.jsonl"]).Message);
    }

    [Fact]
    public void ReadsMembersAcrossTheInflatersBlocks()
    {
        // Random digits hardly shrink: members end at every place within the 8,192 bytes that are read at once.
        using TemporaryFolder folder = new();
        Random random = new(3);
        using (FileStream file = File.Create(folder["a.csv.gz"]))
        {
            for (int member = 0; member < 300; member++)
            {
                using GZipStream stream = new(file, CompressionLevel.Fastest, leaveOpen: true);
                using StreamWriter text = new(stream) { NewLine = "\n" };
                text.WriteLine(string.Join(',', Enumerable.Range(0, 8).Select(_ => random.Next(1, 1_000_000))));
            }
        }

        Random again = new(3);
        Formulas.AssertFeatures(FeatureFile.Read(folder["a.csv.gz"]).Matrices[0], 300, 8, (_, _) => again.Next(1, 1_000_000));
    }

    private static void AssertKnown(string path, FeatureFormat? format)
    {
        FeatureMatrix matrix = Assert.Single(FeatureFile.Read(path, new() { Format = format }).Matrices);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(6), matrix.Labels!);
        Assert.Equal(Formulas.Cameras(6), matrix.Cameras!);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
    }
}
