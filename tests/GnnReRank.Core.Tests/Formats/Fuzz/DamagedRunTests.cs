using System.Runtime.InteropServices;
using GnnReRank.Tests.Evaluation;
using GnnReRank.Tests.Formats.Rankings.Runs;

namespace GnnReRank.Tests.Formats.Fuzz;

/// <summary>Damaged runs and judgements are refused with a reason, or still make a ranking; they never end the process or fill the memory.</summary>
public sealed class DamagedRunTests
{
    private const int MutationsPerFile = 400;
    private const int Seed = 20120763;
    private const long LargestAllocation = 1L << 28;

    private static readonly FeatureMatrix s_query = RunCase.Named("a", "b c", "é", "d", "e", "f");
    private static readonly FeatureMatrix s_gallery = RunCase.Named("u", "v", "w x", "y.jpg", "k/z");

    [Theory]
    [InlineData("x.parquet")]
    [InlineData("x.csv")]
    [InlineData("x.jsonl")]
    [InlineData("x.run")]
    [InlineData("x.run.gz")]
    [InlineData("x.npy")]
    [InlineData("x.npz")]
    [InlineData("x.mat")]
    [InlineData("x.h5")]
    [InlineData("x.ibin")]
    [InlineData("x.ivecs")]
    [InlineData("x.qrels")]
    public void ADamagedRunIsRefusedOrStillOne(string file)
    {
        using TemporaryFolder folder = new();
        byte[] valid = Valid(folder, file);
        Assert.Null(Read(folder, file, valid));
        Mutator mutator = new(Seed);
        int refused = 0;
        for (int mutation = 0; mutation < MutationsPerFile; mutation++)
        {
            refused += Read(folder, file, mutator.Damage(valid)) is null ? 0 : 1;
        }

        Assert.InRange(refused, MutationsPerFile / 5, MutationsPerFile);
    }

    private static byte[] Valid(TemporaryFolder folder, string file)
    {
        Ranking ranking = HandRanking.Ragged(s_query, s_gallery, [0, 1, 2, 3, 4], [4, 3], [], [2], [1, 0], [3, 1, 0, 2]);
        switch (Path.GetExtension(file))
        {
            case ".parquet" or ".csv" or ".jsonl" or ".run":
                RankingFile.Write(folder[$"valid-{file}"], ranking);
                return File.ReadAllBytes(folder[$"valid-{file}"]);
            case ".gz":
                RankingFile.Write(folder["valid.run"], ranking);
                using (FileStream packed = File.Create(folder["valid.gz"]))
                using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionMode.Compress))
                {
                    gzip.Write(File.ReadAllBytes(folder["valid.run"]));
                }

                return File.ReadAllBytes(folder["valid.gz"]);
            case ".ibin":
                return MemoryMarshal.AsBytes<int>([6, 2, 0, 1, 2, 3, 4, 0, 1, -1, 3, 2, 1, 0]).ToArray();
            case ".ivecs":
                return MemoryMarshal.AsBytes<int>([2, 0, 1, 1, 2, 0, 1, 4, 2, 0, 1, 1, 3]).ToArray();
            case ".qrels":
                return [.. "a 0 u 1\na 0 v 0\nb_c 0 w_x 2\n\né 0 z -1\nnobody 0 u 1\na 0 nothing 1\n"u8];
            default:
                return File.ReadAllBytes(TestPaths.Data(Path.GetExtension(file) switch
                {
                    ".npy" => ["numpy", "f8.npy"],
                    ".npz" => ["numpy", "plain.npz"],
                    ".mat" => ["numpy", "f4.mat"],
                    _ => ["hdf5", "types.h5"],
                }));
        }
    }

    private static GnnReRankException? Read(TemporaryFolder folder, string file, byte[] bytes)
    {
        string path = folder[file];
        File.WriteAllBytes(path, bytes);
        GnnReRankException? error = null;
        Allocation.AssertBelow(LargestAllocation, () =>
        {
            try
            {
                AssertUsable(path);
            }
            catch (GnnReRankException exception)
            {
                error = exception;
            }
        });
        return error;
    }

    private static void AssertUsable(string path)
    {
        if (path.EndsWith(".qrels", StringComparison.Ordinal))
        {
            RetrievalDatasets.Read(DatasetKind.Qrels, path, new DatasetReadOptions { Query = s_query, Gallery = s_gallery });
            return;
        }

        RankingReadOptions options = new() { Name = path.EndsWith(".h5", StringComparison.Ordinal) ? "f4" : null };
        Ranking ranking = RankingFile.Read(path, s_query, s_gallery, options);
        Assert.All(RunCase.Lists(ranking), list => Assert.Equal(list.Length, list.Distinct().Count(row => row is >= 0 and < 5)));
        Assert.All(RunCase.Scores(ranking).SelectMany(scores => scores), score => Assert.True(float.IsFinite(score)));
    }
}
