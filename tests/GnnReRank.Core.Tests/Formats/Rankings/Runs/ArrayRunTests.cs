using System.Runtime.InteropServices;

namespace GnnReRank.Tests.Formats.Rankings.Runs;

/// <summary>Arrays of scores, distances and indices. The files under tests/data were written by NumPy, SciPy and h5py.</summary>
public sealed class ArrayRunTests
{
    private static readonly FeatureMatrix s_six = RunCase.Bare(6);
    private static readonly FeatureMatrix s_five = RunCase.Bare(5);

    [Theory]
    [InlineData("numpy/f8.npy", null)]
    [InlineData("numpy/f2_big.npy", null)]
    [InlineData("numpy/f4_fortran.npy", null)]
    [InlineData("numpy/f4.mat", null)]
    [InlineData("hdf5/types.h5", "f4_big")]
    public void ScoresAreRankedRowByRow(string file, string? name)
    {
        // The formula of the fixtures: (i * 17 + j * 3) % 23 / 8 - 1.
        float[][] scores = [.. Enumerable.Range(0, 6).Select(i => Enumerable.Range(0, 5).Select(j => (((i * 17) + (j * 3)) % 23 / 8f) - 1).ToArray())];
        foreach (RankingScoreKind? kind in (RankingScoreKind?[])[null, RankingScoreKind.Similarity, RankingScoreKind.Distance])
        {
            int sign = kind == RankingScoreKind.Distance ? -1 : 1;
            Ranking ranking = RankingFile.Read(TestPaths.Data(file.Split('/')), s_six, s_five, new RankingReadOptions { ScoreKind = kind, Name = name });
            Assert.True(ranking.IsFull);
            for (int query = 0; query < 6; query++)
            {
                int[] expected = [.. Enumerable.Range(0, 5).OrderByDescending(row => sign * scores[query][row])];
                Assert.Equal(expected, ranking.GetIndices(query));
                Assert.Equal(expected.Select(row => sign * scores[query][row]), ranking.GetScores(query));
            }
        }
    }

    [Theory]
    [InlineData("numpy/f8_fortran_big.npy", 40, 37)]
    [InlineData("numpy/i8.npy", 6, 5)]
    public void AMatrixIsReadInBlocksOrColumns(string file, int rows, int columns)
    {
        Ranking ranking = RankingFile.Read(TestPaths.Data(file.Split('/')), RunCase.Bare(rows), RunCase.Bare(columns), new RankingReadOptions { Top = 3 });
        for (int query = 0; query < rows; query++)
        {
            Assert.Equal(
                Enumerable.Range(0, columns).OrderByDescending(row => ((query * 17) + (row * 3)) % 23).Take(3), ranking.GetIndices(query));
        }
    }

    [Fact]
    public void ALargeMatrixIsRankedInParts()
    {
        // More than two blocks of two million elements, with many ties.
        const int rows = 40;
        const int columns = 150_001;
        using TemporaryFolder folder = new();
        WriteNpy(folder["x.npy"], "<f4", (rows, columns), Floats(Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, columns).Select(j => (float)((j + i) % 1000)))));
        Ranking ranking = RankingFile.Read(folder["x.npy"], RunCase.Bare(rows), RunCase.Bare(columns), new RankingReadOptions { Top = 200 });
        for (int query = 0; query < rows; query++)
        {
            Assert.Equal(Enumerable.Range(0, columns).Where(j => (j + query) % 1000 == 999).Take(150), ranking.GetIndices(query)[..150]);
            Assert.Equal(999f, ranking.GetScores(query)[149]);
        }
    }

    [Fact]
    public void Float64IsRankedBeforeItIsRoundedAndInfinitiesStandAtTheEnds()
    {
        double[] scores = [1 + 1e-12, double.NegativeInfinity, 1 + 2e-12, double.PositiveInfinity, -0.0, 0.0, 1e300];
        using TemporaryFolder folder = new();
        WriteNpy(folder["x.npy"], "<f8", (1, 7), MemoryMarshal.AsBytes<double>(scores).ToArray());
        Ranking ranking = RankingFile.Read(folder["x.npy"], RunCase.Bare(1), RunCase.Bare(7));
        Assert.Equal([3, 6, 2, 0, 4, 5, 1], ranking.GetIndices(0));
        Assert.Equal([float.MaxValue, float.MaxValue, 1f, 1f, 0f, 0f, -float.MaxValue], ranking.GetScores(0));
        Ranking distances = RankingFile.Read(folder["x.npy"], RunCase.Bare(1), RunCase.Bare(7), new RankingReadOptions { ScoreKind = RankingScoreKind.Distance });
        Assert.Equal([1, 4, 5, 0, 2, 6, 3], distances.GetIndices(0));
    }

    [Fact]
    public void TheArrayThatFitsIsTakenOutOfSeveral()
    {
        // sets.npz: query_f 6 x 5, gallery_f 8 x 5, labels, cameras and names beside them.
        Ranking ranking = RankingFile.Read(TestPaths.Data("numpy", "sets.mat"), s_six, RunCase.Bare(Columns("sets.mat")));
        Assert.Equal(6, ranking.QueryCount);
        GnnReRankException several = Assert.Throws<GnnReRankException>(() => RankingFile.Read(TestPaths.Data("hdf5", "types.h5"), s_six, s_five));
        Assert.Equal("AmbiguousContent", several.ErrorId);
        Assert.Contains("say which with -Name", several.Message);
        GnnReRankException none = Assert.Throws<GnnReRankException>(() => RankingFile.Read(TestPaths.Data("numpy", "sets.npz"), s_five, s_five));
        Assert.Equal("ColumnNotFound", none.ErrorId);
        Assert.Contains("no array of 5 queries x 5 gallery rows", none.Message);
        Assert.Contains("no array 'nothing'", Assert.Throws<GnnReRankException>(
            () => RankingFile.Read(TestPaths.Data("numpy", "sets.npz"), s_six, s_five, new RankingReadOptions { Name = "nothing" })).Message);
    }

    [Theory]
    [InlineData("numpy/f8.npy", 5, 6, null, "WrongArrayShape", "5 queries x 6 gallery rows are expected. It seems to be stored as gallery x queries")]
    [InlineData("numpy/f8.npy", 6, 4, null, "WrongArrayShape", "6 queries x 4 gallery rows are expected. Give the matrices that it was made of; lists of gallery indices")]
    [InlineData("numpy/f8.npy", 6, 4, RankingScoreKind.Index, "UnsupportedContent", "gallery indices are integers")]
    [InlineData("numpy/i8.npy", 6, 4, RankingScoreKind.Index, "RunIndexOutOfRange", "row (0-based) 0 has gallery row 6 at position 2")]
    [InlineData("numpy/complex.npy", 6, 5, null, "UnsupportedContent", "")]
    [InlineData("numpy/three_dimensions.npy", 6, 5, null, "WrongArrayShape", "")]
    public void WhatDoesNotFitIsRefused(string file, int queries, int gallery, RankingScoreKind? kind, string errorId, string message)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => RankingFile.Read(TestPaths.Data(file.Split('/')), RunCase.Bare(queries), RunCase.Bare(gallery), new RankingReadOptions { ScoreKind = kind }));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void NumbersThatAreNoneAndDistancesThatNobodyToldAreRefused()
    {
        using TemporaryFolder folder = new();
        WriteNpy(folder["x.npy"], "<f4", (2, 2), Floats([1, 2, 3, float.NaN]));
        Assert.Contains(
            "row (0-based) 1 has NaN in column 1", Assert.Throws<GnnReRankException>(() => RankingFile.Read(folder["x.npy"], RunCase.Bare(2), RunCase.Bare(2))).Message);
        using (System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.Open(folder["x.npz"], System.IO.Compression.ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry("distmat.npy").Open();
            entry.Write(Npy("<f4", (2, 2), Floats([1, 2, 4, 3])));
        }

        Assert.Equal("ScoreKindMissing", Assert.Throws<GnnReRankException>(() => RankingFile.Read(folder["x.npz"], RunCase.Bare(2), RunCase.Bare(2))).ErrorId);
        Ranking ranking = RankingFile.Read(folder["x.npz"], RunCase.Bare(2), RunCase.Bare(2), new RankingReadOptions { ScoreKind = RankingScoreKind.Distance });
        Assert.Equal([[0, 1], [1, 0]], RunCase.Lists(ranking));
    }

    [Theory]
    [InlineData("distmat.npy", true)]
    [InlineData("q_g_dist.npy", true)]
    [InlineData("cosDistances.npy", true)]
    [InlineData("distilled.npy", false)]
    [InlineData("undistorted.npy", false)]
    public void AFileThatSpeaksOfDistancesIsNotTakenForScores(string file, bool areDistances)
    {
        using TemporaryFolder folder = new();
        WriteNpy(folder[file], "<f4", (2, 2), Floats([1, 2, 4, 3]));
        if (areDistances)
        {
            Assert.Equal("ScoreKindMissing", Assert.Throws<GnnReRankException>(() => RankingFile.Read(folder[file], RunCase.Bare(2), RunCase.Bare(2))).ErrorId);
        }

        RankingReadOptions options = areDistances ? new() { ScoreKind = RankingScoreKind.Similarity } : new();
        Assert.Equal([[1, 0], [0, 1]], RunCase.Lists(RankingFile.Read(folder[file], RunCase.Bare(2), RunCase.Bare(2), options)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void WhatArgsortGivesIsNotTakenForScores(int firstPlace)
    {
        using TemporaryFolder folder = new();
        float[] lists = [.. ((int[])[2, 0, 1, 1, 2, 0]).Select(row => (float)(row + firstPlace))];
        WriteNpy(folder["x.npy"], "<f4", (2, 3), Floats(lists));
        FeatureMatrix query = RunCase.Bare(2);
        FeatureMatrix gallery = RunCase.Bare(3);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RankingFile.Read(folder["x.npy"], query, gallery));
        Assert.Equal("ScoreKindMissing", error.ErrorId);
        Assert.Contains("-ScoreKind Index", error.Message);
        Assert.Equal(
            [[1, 2, 0], [2, 0, 1]],
            RunCase.Lists(RankingFile.Read(folder["x.npy"], query, gallery, new RankingReadOptions { ScoreKind = RankingScoreKind.Distance })));

        lists[^1] += 0.5f;
        WriteNpy(folder["x.npy"], "<f4", (2, 3), Floats(lists));
        Assert.Equal([0, 2, 1], RunCase.Lists(RankingFile.Read(folder["x.npy"], query, gallery))[0]);
    }

    [Fact]
    public void IndicesMayBePaddedAndCut()
    {
        using TemporaryFolder folder = new();
        WriteNpy(folder["x.npy"], "<i8", (2, 3), MemoryMarshal.AsBytes<long>([4, 1, -1, 0, 2, 3]).ToArray());
        RankingReadOptions options = new() { ScoreKind = RankingScoreKind.Index };
        Ranking ranking = RankingFile.Read(folder["x.npy"], RunCase.Bare(2), s_five, options);
        Assert.Equal([[4, 1], [0, 2, 3]], RunCase.Lists(ranking));
        Assert.Equal([[-1f, -2f], [-1f, -2f, -3f]], RunCase.Scores(ranking));
        Assert.Equal([[4], [0]], RunCase.Lists(RankingFile.Read(folder["x.npy"], RunCase.Bare(2), s_five, options with { Top = 1 })));
    }

    [Theory]
    [InlineData("x.ibin", new[] { 2, 3, 4, 1, -1, 0, 2, 3 }, "4 1|0 2 3")]
    [InlineData("x.ivecs", new[] { 2, 4, 1, 3, 0, 2, 3 }, "4 1|0 2 3")]
    [InlineData("x.ivecs", new[] { 0, 1, 3 }, "|3")]
    public void ListsOfIndicesAreRead(string file, int[] numbers, string expected)
    {
        Ranking ranking = RunCase.ReadBytes(file, Bytes(numbers), RunCase.Bare(2), s_five);
        Assert.Equal(expected, string.Join('|', RunCase.Lists(ranking).Select(list => string.Join(' ', list))));
    }

    [Fact]
    public void DistancesBehindTheIndicesBecomeScores()
    {
        byte[] file = [.. Bytes([2, 2, 4, 1, 0, 2]), .. Floats([0.25f, 0.5f, 1, 2])];
        Assert.Equal([[-0.25f, -0.5f], [-1f, -2f]], RunCase.Scores(RunCase.ReadBytes("x.ibin", file, RunCase.Bare(2), s_five)));
        Assert.Equal([-1f, -2f], RunCase.ReadBytes("x.ibin", file, RunCase.Bare(2), s_five, new RankingReadOptions { ScoreKind = RankingScoreKind.Index }).GetScores(1));
        Assert.Equal([[0.25f, 0.5f], [1f, 2f]], RunCase.Scores(
            RunCase.ReadBytes("x.ibin", file, RunCase.Bare(2), s_five, new RankingReadOptions { ScoreKind = RankingScoreKind.Similarity })));
    }

    [Theory]
    [InlineData("x.ibin", new[] { 2 }, "CorruptFile", "cut short")]
    [InlineData("x.ibin", new[] { 2, 2, 4, 1, 0 }, "CorruptFile", "claims 2 lists of 2 indices, which take 16 bytes")]
    [InlineData("x.ibin", new[] { -1, -1, 4 }, "CorruptFile", "claims 4,294,967,295 lists of 4,294,967,295")]
    [InlineData("x.ibin", new[] { 3, 1, 0, 1, 2 }, "RunCountMismatch", "has 3 lists, and the query matrix has 2 rows")]
    [InlineData("x.ibin", new[] { 2, 1, 0, 5 }, "RunIndexOutOfRange", "list (0-based) 1 has gallery row 5 at position 0")]
    [InlineData("x.ibin", new[] { 2, 2, 0, 1, 3, 3 }, "RunImageTwice", "list (0-based) 1 has gallery row 3 a second time, at position 1")]
    [InlineData("x.ibin", new[] { 2, 1, -1, -1 }, "RunMatchesNothing", "nothing but padding")]
    [InlineData("x.ivecs", new[] { 1, 0 }, "RunCountMismatch", "has 1 lists")]
    [InlineData("x.ivecs", new[] { 1, 0, 9, 0 }, "CorruptFile", "list 1 (0-based) is cut short: it claims 9 indices, and 4 bytes follow")]
    [InlineData("x.ivecs", new[] { 1, 0, -5, 0 }, "CorruptFile", "claims 4,294,967,291 indices")]
    [InlineData("x.ivecs", new[] { 1, 0, 1, 0, 1, 0 }, "RunCountMismatch", "has 3 lists")]
    public void ListsThatDoNotFitAreRefused(string file, int[] numbers, string errorId, string message)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RunCase.ReadBytes(file, Bytes(numbers), RunCase.Bare(2), s_five));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message);
    }

    public static TheoryData<string, RankingReadOptions, string> Unused => new()
    {
        { "x.run", new() { Name = "a" }, "-Name" },
        { "x.run", new() { ScoreKind = RankingScoreKind.Index }, "-ScoreKind Index" },
        { "x.ibin", new() { Order = RankingOrder.Rank }, "-OrderBy" },
        { "x.ivecs", new() { Name = "a" }, "-Name" },
        { "x.npy", new() { Match = RankingMatch.Index }, "-MatchBy" },
        { "x.mat", new() { SkipUnknown = true }, "-SkipUnknown" },
    };

    [Theory]
    [MemberData(nameof(Unused))]
    public void OptionsThatAFormatHasNoUseForAreRefused(string file, RankingReadOptions options, string named)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RunCase.ReadBytes(file, [1], s_six, s_five, options));
        Assert.Equal("RunOptionNotUsed", error.ErrorId);
        Assert.Contains($"{named} was given, and {(file == "x.run" ? "trec" : file[2..])} runs", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void AnArrayCutShortIsRefused()
    {
        byte[] valid = File.ReadAllBytes(TestPaths.Data("numpy", "f8.npy"));
        Assert.Equal("CorruptFile", Assert.Throws<GnnReRankException>(() => RunCase.ReadBytes("x.npy", valid[..^1], s_six, s_five)).ErrorId);
        byte[] archive = File.ReadAllBytes(TestPaths.Data("numpy", "sets.npz"));
        Assert.Equal("CorruptFile", Assert.Throws<GnnReRankException>(() => RunCase.ReadBytes("x.npz", archive[..^30], s_six, s_five)).ErrorId);
    }

    [Fact]
    public void ARankingInAFormatThatIsNotWrittenIsRefused()
    {
        using TemporaryFolder folder = new();
        Ranking ranking = RunCase.ReadBytes("x.ivecs", Bytes([1, 0, 1, 1]), RunCase.Bare(2), s_five);
        Assert.Equal("FormatNotWritable", Assert.Throws<GnnReRankException>(() => RankingFile.Write(folder["x.npy"], ranking, format: RankingFormat.Npy)).ErrorId);
        Assert.Equal("UnknownFormat", Assert.Throws<GnnReRankException>(() => RankingFile.Write(folder["x.tsv"], ranking)).ErrorId);
    }

    private static int Columns(string file) => FeatureFile.Read(TestPaths.Data("numpy", file), new FeatureReadOptions { Sets = [FeatureRole.Query] }).Matrices[0].Dimension;

    private static byte[] Bytes(int[] numbers) => MemoryMarshal.AsBytes<int>(numbers).ToArray();

    private static byte[] Floats(IEnumerable<float> values) => MemoryMarshal.AsBytes<float>(values.ToArray()).ToArray();

    private static void WriteNpy(string path, string type, (int Rows, int Columns) shape, byte[] data) => File.WriteAllBytes(path, Npy(type, shape, data));

    private static byte[] Npy(string type, (int Rows, int Columns) shape, byte[] data)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape.Rows}, {shape.Columns}), }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. data];
    }
}
