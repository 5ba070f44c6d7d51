using GnnReRank.Tests.Evaluation;

namespace GnnReRank.Tests.Formats.Rankings.Runs;

/// <summary>What is written is read back: the same lists, the same scores, the same figures.</summary>
public sealed class RunRoundTripTests
{
    private const int Queries = 9;
    private const int Gallery = 23;

    public static TheoryData<RankingFormat, string, bool> Cases
    {
        get
        {
            TheoryData<RankingFormat, string, bool> cases = [];
            foreach (RankingFormat format in (RankingFormat[])[RankingFormat.Parquet, RankingFormat.Csv, RankingFormat.JsonLines, RankingFormat.Trec])
            {
                foreach (string names in (string[])["none", "plain", "odd", "repeated"])
                {
                    // A TREC run has names alone: it cannot tell rows of one name apart.
                    if (format != RankingFormat.Trec || names != "repeated")
                    {
                        cases.Add(format, names, false);
                        cases.Add(format, names, true);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AWholeRankingComesBack(RankingFormat format, string names, bool ragged) => AssertReadBack(format, names, ragged, top: null);

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheHeadOfARankingComesBack(RankingFormat format, string names, bool ragged) => AssertReadBack(format, names, ragged, top: 4);

    [Fact]
    public void AnImportedRunIsWrittenUnderItsOwnTag()
    {
        (Ranking run, _) = RunCase.Read("other.run", "a Q0 x 1 0.5 BM25\n", RunCase.Named("a"), RunCase.Named("x"));
        using TemporaryFolder folder = new();
        RankingFile.Write(folder["again.run"], run);
        Assert.Equal("a Q0 x 1 0.5 BM25\n", File.ReadAllText(folder["again.run"]));
        Assert.Equal("BM25 (again.run)", RankingFile.Read(folder["again.run"], run.Query, run.Gallery).Settings.ToString());
        Ranking named = new(
            run.Query, run.Gallery, new RaggedRows<int>([[0]]), new RaggedRows<float>([[1f]]), new ImportedSettings("two words", "two words.csv"));
        RankingFile.Write(folder["blank.run"], named);
        Assert.Equal("a Q0 x 1 1 two_words\n", File.ReadAllText(folder["blank.run"]));
    }

    [Fact]
    public void ALongRaggedRankingIsWrittenInFewRowGroups()
    {
        // One list of two million ranks and three thousand of one: groups go by the rows there are, not by the longest list.
        const int longest = 2_000_000;
        FeatureMatrix query = RunCase.Bare(3001);
        FeatureMatrix gallery = RunCase.Bare(longest);
        int[][] lists = [[.. Enumerable.Range(0, longest)], .. Enumerable.Range(0, 3000).Select(_ => (int[])[5])];
        using TemporaryFolder folder = new();
        RankingFile.Write(folder["long.parquet"], HandRanking.Ragged(query, gallery, lists));
        using ParquetSharp.ParquetFileReader file = new(folder["long.parquet"]);
        Assert.Equal(2, file.FileMetaData.NumRowGroups);
        Assert.Equal(longest + 3000, file.FileMetaData.NumRows);
    }

    private static void AssertReadBack(RankingFormat format, string names, bool ragged, int? top)
    {
        Ranking written = Made(names, ragged);
        using TemporaryFolder folder = new();
        RankingFile.Write(folder["run"], written, top, format);
        List<string> warnings = [];
        Ranking read = RankingFile.Read(
            folder["run"], written.Query, written.Gallery, new RankingReadOptions { Format = format, Compute = new ComputeOptions { Warn = warnings.Add } });
        Assert.Equal(RunCase.Lists(written).Select(list => list.Take(top ?? Gallery)), RunCase.Lists(read));
        Assert.Equal(RunCase.Scores(written).Select(list => list.Take(top ?? Gallery)), RunCase.Scores(read));
        Assert.Equal(format == RankingFormat.Trec ? "GnnReRank-Cosine" : "run", read.Method);
        Assert.Equal(ragged, warnings.Any(warning => warning.Contains("1 of 9 queries have no list")));
        Assert.Equal(ragged ? 1 : 0, warnings.Count);
        RetrievalAccuracy before = RetrievalEvaluator.Measure(top is null ? written : Cut(written, top.Value));
        RetrievalAccuracy after = RetrievalEvaluator.Measure(read);
        Assert.Equal((before.MeanName, before.mAP, before.mAPAtDepth, before.mINP), (after.MeanName, after.mAP, after.mAPAtDepth, after.mINP));
        Assert.Equal(before.Cmc, after.Cmc);
        Assert.Equal(0, RetrievalComparer.Compare(before, after).MeanDifference);
    }

    private static Ranking Cut(Ranking ranking, int top) => new(
        ranking.Query, ranking.Gallery,
        new RaggedRows<int>([.. RunCase.Lists(ranking).Select(list => list.Take(top).ToArray())]),
        new RaggedRows<float>([.. RunCase.Scores(ranking).Select(list => list.Take(top).ToArray())]), ranking.Settings);

    /// <summary>Lists in no order that scores or names would give, with many ties; ragged ones with an empty list.</summary>
    private static Ranking Made(string names, bool ragged)
    {
        Random random = new(7);
        FeatureMatrix query = Matrix(Queries, names, "query", 100);
        FeatureMatrix gallery = Matrix(Gallery, names, "gallery", 500);
        int[][] indices = new int[Queries][];
        float[][] scores = new float[Queries][];
        for (int row = 0; row < Queries; row++)
        {
            int[] list = [.. Enumerable.Range(0, Gallery)];
            random.Shuffle(list);
            indices[row] = ragged ? list[..(row == 3 ? 0 : random.Next(1, Gallery))] : list;
            scores[row] = [.. indices[row].Select((_, rank) => -(float)Math.Floor(rank / 3.0) / 7)];
        }

        return new Ranking(query, gallery, new RaggedRows<int>(indices), new RaggedRows<float>(scores), new CosineSettings());
    }

    private static FeatureMatrix Matrix(int rows, string names, string role, float first) => new(
        [.. Enumerable.Range(0, rows).Select(row => first + row)], rows, 1,
        [.. Enumerable.Range(0, rows).Select(row => row % 4L)],
        names: names switch
        {
            "none" => null,
            "plain" => Enumerable.Range(0, rows).Select(row => $"{role}/{row:D4}_c{row % 3}.jpg"),
            "odd" => Enumerable.Range(0, rows).Select(row => (row % 6) switch
            {
                0 => $"{role} {row}, \"quoted\".jpg",
                1 => string.Empty,
                2 => $"{row}",
                3 => $"ü\t{row}",
                4 => $"{role}\n{row}",
                _ => $"{role[0]}{row + 100}",
            }),
            _ => Enumerable.Range(0, rows).Select(row => $"frame{row % 5}"),
        });
}
