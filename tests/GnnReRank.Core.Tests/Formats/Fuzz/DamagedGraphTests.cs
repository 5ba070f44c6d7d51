namespace GnnReRank.Tests.Formats.Fuzz;

/// <summary>Damaged graphs of other programs are refused with a reason, or still make a graph.</summary>
public sealed class DamagedGraphTests
{
    private const int MutationsPerFile = 120;
    private const int Seed = 20120764;
    private const int Cuts = 40;
    private const long LargestAllocation = 1L << 28;

    private static readonly FeatureMatrix s_rows = Rows();

    // The file that is damaged, and that beside it.
    [Theory]
    [InlineData("faiss_ip.npy", "faiss_ip.scores.npy", GraphScoreKind.InnerProduct)]
    [InlineData("faiss_ip.scores.npy", "faiss_ip.npy", GraphScoreKind.InnerProduct)]
    [InlineData("faiss_l2.ivecs", "faiss_l2.fvecs", GraphScoreKind.SquaredL2)]
    [InlineData("faiss_l2.fvecs", "faiss_l2.ivecs", GraphScoreKind.SquaredL2)]
    [InlineData("usearch_cos.ibin", "usearch_cos.fbin", GraphScoreKind.CosineDistance)]
    [InlineData("hnswlib_cosine.npz", null, GraphScoreKind.CosineDistance)]
    [InlineData("square_fortran.npy", null, GraphScoreKind.CosineDistance)]
    [InlineData("square_l2.mat", null, GraphScoreKind.L2)]
    [InlineData("square_no_self.h5", null, GraphScoreKind.Cosine)]
    [InlineData("duckdb_pairs.parquet", null, GraphScoreKind.CosineDistance)]
    [InlineData("duckdb_names.parquet", null, GraphScoreKind.InnerProduct)]
    [InlineData("duckdb_lists.parquet", null, GraphScoreKind.CosineDistance)]
    [InlineData("duckdb_structs.parquet", null, GraphScoreKind.Cosine)]
    [InlineData("pairs.csv", null, GraphScoreKind.Cosine)]
    public void ADamagedGraphIsRefusedOrStillOne(string file, string? beside, GraphScoreKind kind)
    {
        using TemporaryFolder folder = new();
        if (beside is not null)
        {
            File.Copy(TestPaths.Data("graphs", beside), folder[beside]);
        }

        byte[] valid = file == "pairs.csv" ? Pairs() : File.ReadAllBytes(TestPaths.Data("graphs", file));
        string main = file is "faiss_ip.scores.npy" or "faiss_l2.fvecs" ? beside! : file;
        Assert.Null(Read(folder, file, main, valid, kind));
        Mutator mutator = new(Seed);
        int refused = 0;
        for (int mutation = 0; mutation < MutationsPerFile; mutation++)
        {
            refused += Read(folder, file, main, mutator.Damage(valid), kind) is null ? 0 : 1;
        }

        Assert.InRange(refused, MutationsPerFile / 5, MutationsPerFile);
        for (int cut = 0; cut < Cuts; cut++)
        {
            int length = cut * valid.Length / Cuts;
            bool mayEnd = file == "pairs.csv";
            Assert.True(mayEnd || Read(folder, file, main, valid[..length], kind) is not null, $"{file} cut to " +
                $"{length} bytes");
        }
    }

    private static GnnReRankException? Read(
        TemporaryFolder folder, string file, string main, byte[] bytes, GraphScoreKind kind)
    {
        File.WriteAllBytes(folder[file], bytes);
        GnnReRankException? error = null;
        Allocation.AssertBelow(LargestAllocation, () =>
        {
            try
            {
                GraphReadOptions options = new() { ScoreKind = kind, Gallery = s_rows };
                NeighborGraph graph = GraphFile.Read(folder[main], options);

                // Through the checks of a graph that comes from outside.
                IEnumerable<int> rows = Enumerable.Range(0, graph.VertexCount);
                int[] indices = [.. rows.SelectMany(row => graph.GetNeighborSpan(row).ToArray())];
                float[] scores = [.. rows.SelectMany(row => graph.GetScoreSpan(row).ToArray())];
                _ = new NeighborGraph(indices, scores, graph.VertexCount, graph.NeighborCount);
            }
            catch (GnnReRankException exception)
            {
                error = exception;
            }
        });
        return error;
    }

    private static byte[] Pairs() => System.Text.Encoding.UTF8.GetBytes("source,target,score\n" + string.Concat(
        from row in Enumerable.Range(0, 30)
        from step in Enumerable.Range(1, 4)
        select $"{row},{(row + step) % 30},0.{9 - step}\n"));

    private static FeatureMatrix Rows()
    {
        FeatureMatrix rows = Assert.Single(FeatureFile.Read(TestPaths.Data("graphs", "rows.npy")).Matrices);
        return FeatureMatrix.FromRows(
            [.. Enumerable.Range(0, rows.RowCount).Select(rows.GetRow)],
            names: Enumerable.Range(0, rows.RowCount).Select(row => $"img_{row:0000}.jpg"));
    }
}
