using GnnReRank.Evaluation.Measuring;

namespace GnnReRank.Tests.Evaluation.Protocols;

/// <summary>Every protocol on random rankings, against definitions written apart from the engine.</summary>
public sealed class NaiveProtocolTests
{
    private const int Queries = 23;
    private const int Gallery = 70;
    private const int Digits = 12;

    public static TheoryData<int, int> Cases => new()
    {
        { 1, Gallery }, { 2, Gallery }, { 3, 25 }, { 4, 9 }, { 5, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void University1652(int seed, int depth)
    {
        Made made = new(seed, depth);
        NaiveQuery[] naive = made.Naive((q, g) => made.SameLabel(q, g), (_, g) => made.GalleryLabels[g] == -1);
        RetrievalAccuracy accuracy = made.Measure(EvaluationProtocol.University1652);
        AssertMeans(naive, accuracy, depth, Queries);
        // round(0.7) is index 1, which is rank 2.
        AssertNear(MeanOf(naive, query => query.Recall(2), Queries), accuracy.RecallAtOnePercent);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Market1501(int seed, int depth)
    {
        Made made = new(seed, depth);
        NaiveQuery[] naive = made.Naive(
            (q, g) => made.SameLabel(q, g) && made.QueryCameras[q] != made.GalleryCameras[g],
            (q, g) => made.GalleryLabels[g] == -1 || (made.SameLabel(q, g) && made.QueryCameras[q] == made.GalleryCameras[g]));
        AssertMeans(naive, made.Measure(EvaluationProtocol.Market1501), depth, ValidOf(naive));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OxfordParisAndItsRevisitedForms(int seed, int depth)
    {
        Made made = new(seed, depth);
        GroundTruth truth = made.Truth();
        AssertTruth(made, depth, truth.Queries, null, made.Measure(EvaluationProtocol.OxfordParis, truth));
        IReadOnlyList<RetrievalAccuracy> setups = RetrievalEvaluator.MeasureAll(
            made.Ranking, new EvaluationSettings { Protocol = EvaluationProtocol.RevisitedOxfordParis, GroundTruth = truth });
        foreach (RetrievalAccuracy setup in setups)
        {
            AssertTruth(made, depth, truth.Queries, setup.Difficulty, setup);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LeaveOneOut(int seed, int depth)
    {
        Made made = new(seed, depth, againstItself: true);
        NaiveQuery[] naive = made.Naive((q, g) => made.SameLabel(q, g) && q != g, (q, g) => q == g || made.GalleryLabels[g] == -1);
        RetrievalAccuracy accuracy = made.Measure(EvaluationProtocol.LeaveOneOut);
        AssertMeans(naive, accuracy, depth, ValidOf(naive));
        AssertNear(MeanOf(naive, query => query.RPrecision, ValidOf(naive)), accuracy.RPrecision);
        AssertNear(MeanOf(naive, query => query.MapAtR, ValidOf(naive)), accuracy.MapAtR);
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(2, 300)]
    [InlineData(3, 120)]
    [InlineData(4, 60)]
    public void Gldv2(int seed, int depth)
    {
        Made made = new(seed, depth, gallery: 300);
        GroundTruth truth = made.Truth(positives: 120);
        NaiveQuery[] naive = made.Naive((q, g) => truth.Queries[q].Easy.Contains(g) || truth.Queries[q].Hard.Contains(g), (q, g) => truth.Queries[q].Junk.Contains(g));
        RetrievalAccuracy accuracy = made.Measure(EvaluationProtocol.Gldv2, truth);
        int counted = Math.Min(depth, 100);
        Assert.Equal(counted, accuracy.Depth);
        AssertNear(MeanOf(naive, query => query.AveragePrecision(ApKind.Uninterpolated, counted, counted), Queries), accuracy.mAPAtDepth);
        AssertNear(MeanOf(naive, query => query.Recall(1), Queries), accuracy.Rank1);
    }

    [Theory]
    [InlineData(1, EvaluationProtocol.Cuhk03Classic, ApKind.Uninterpolated)]
    [InlineData(2, EvaluationProtocol.Cuhk03Classic, ApKind.Trapezoid)]
    [InlineData(3, EvaluationProtocol.VehicleId, ApKind.Uninterpolated)]
    [InlineData(4, EvaluationProtocol.VehicleId, ApKind.Trapezoid)]
    public void DrawnGalleries(int seed, EvaluationProtocol protocol, ApKind kind)
    {
        const int draws = 7;
        Made made = new(seed, Gallery);
        bool camerasCount = protocol == EvaluationProtocol.Cuhk03Classic;
        List<NaiveQuery> trials = [];
        for (int query = 0; query < Queries; query++)
        {
            bool[] allowed = [.. Enumerable.Range(0, Gallery).Select(row => made.GalleryLabels[row] != -1 &&
                !(camerasCount && made.SameLabel(query, row) && made.QueryCameras[query] == made.GalleryCameras[row]))];
            if (!Enumerable.Range(0, Gallery).Any(row => allowed[row] && made.SameLabel(query, row)))
            {
                continue;
            }

            for (int draw = 0; draw < draws; draw++)
            {
                // The choices are the engine's; what is made of them is not: the drawn images alone stay in the list.
                ulong key = SeededChoice.Key(seed, camerasCount ? query : 0, draw);
                HashSet<int> drawn = [];
                foreach (IGrouping<long, int> identity in Enumerable.Range(0, Gallery).Where(row => allowed[row]).GroupBy(row => made.GalleryLabels[row]))
                {
                    drawn.Add(identity.ElementAt(SeededChoice.Below(identity.Count(), key, identity.Key)));
                }

                trials.Add(NaiveQuery.Of(made.Lists[query], Gallery, row => made.SameLabel(query, row), row => !drawn.Contains(row)));
            }
        }

        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(
            made.Ranking, new EvaluationSettings { Protocol = protocol, ApKind = kind, Draws = draws, Seed = seed });
        Assert.Equal(trials.Average(trial => trial.AveragePrecision(kind, Gallery, Gallery)), accuracy.mAP!.Value, Digits);
        Assert.Equal(trials.Average(trial => trial.InversePenalty!.Value), accuracy.mINP!.Value, Digits);
        foreach (int rank in (int[])[1, 2, 5])
        {
            Assert.Equal(trials.Average(trial => trial.Recall(rank)!.Value), accuracy.At(rank)!.Value, Digits);
        }
    }

    private static void AssertTruth(
        Made made, int depth, IReadOnlyList<QueryTruth> truth, Difficulty? difficulty, RetrievalAccuracy accuracy)
    {
        bool easyIsGood = difficulty != Difficulty.Hard;
        bool hardIsGood = difficulty != Difficulty.Easy;
        NaiveQuery[] naive = made.Naive(
            (q, g) => (easyIsGood && truth[q].Easy.Contains(g)) || (hardIsGood && truth[q].Hard.Contains(g)),
            (q, g) => truth[q].Junk.Contains(g) || (!easyIsGood && truth[q].Easy.Contains(g)) || (!hardIsGood && truth[q].Hard.Contains(g)));
        AssertMeans(naive, accuracy, depth, ValidOf(naive));
        if (depth == Gallery && difficulty is not null)
        {
            Assert.Equal([1, 5, 10], accuracy.MeanPrecisions.Select(point => point.Rank));
            Assert.All(accuracy.MeanPrecisions, point => AssertNear(
                MeanOf(naive, query => query.PrecisionWithin(point.Rank), ValidOf(naive)), point.Precision));
        }
    }

    private static void AssertMeans(NaiveQuery[] naive, RetrievalAccuracy accuracy, int depth, int divisor)
    {
        AssertNear(MeanOf(naive, query => query.AveragePrecision(accuracy.ApKind, depth, depth), divisor), accuracy.mAP ?? accuracy.mAPAtDepth);
        AssertNear(MeanOf(naive, query => query.InversePenalty, divisor), accuracy.mINP);
        foreach (int rank in (int[])[1, 3, 5, 10])
        {
            AssertNear(rank > depth ? null : MeanOf(naive, query => query.Recall(rank), divisor), accuracy.At(rank));
        }
    }

    private static int ValidOf(NaiveQuery[] naive) => naive.Count(query => query.GoodCount > 0);

    /// <summary>The mean over queries; null where it is not known of one that has a good image.</summary>
    private static double? MeanOf(NaiveQuery[] naive, Func<NaiveQuery, double?> figure, int divisor)
    {
        double?[] valid = [.. naive.Where(query => query.GoodCount > 0).Select(figure)];
        return valid.Contains(null) ? null : valid.Sum() / divisor;
    }

    private static void AssertNear(double? expected, double? found)
    {
        Assert.Equal(expected is null, found is null);
        Assert.Equal(expected ?? 0, found ?? 0, Digits);
    }

    /// <summary>A random ranking with labels from -1 to 7 and three cameras.</summary>
    private sealed class Made
    {
        private readonly Random _random;
        private readonly int _gallery;

        public Made(int seed, int depth, bool againstItself = false, int gallery = NaiveProtocolTests.Gallery)
        {
            _random = new Random(seed);
            _gallery = gallery;
            GalleryLabels = [.. Enumerable.Range(0, gallery).Select(_ => (long)_random.Next(-1, 8))];
            GalleryCameras = [.. GalleryLabels.Select(_ => _random.Next(3))];
            QueryLabels = againstItself ? GalleryLabels : [.. Enumerable.Range(0, Queries).Select(_ => (long)_random.Next(-1, 9))];
            QueryCameras = [.. QueryLabels.Select(_ => _random.Next(3))];
            int[] order = [.. Enumerable.Range(0, gallery)];
            Lists = [.. QueryLabels.Select(_ =>
            {
                _random.Shuffle(order);
                return order[..depth];
            })];
            Ranking = againstItself
                ? HandRanking.OfItself(GalleryLabels, Lists)
                : HandRanking.Of(QueryLabels, QueryCameras, GalleryLabels, GalleryCameras, Lists);
        }

        public long[] QueryLabels { get; }

        public int[] QueryCameras { get; }

        public long[] GalleryLabels { get; }

        public int[] GalleryCameras { get; }

        public int[][] Lists { get; }

        public Ranking Ranking { get; }

        public bool SameLabel(int query, int gallery) => QueryLabels[query] != -1 && QueryLabels[query] == GalleryLabels[gallery];

        public NaiveQuery[] Naive(Func<int, int, bool> isGood, Func<int, int, bool> isJunk) =>
        [
            .. Enumerable.Range(0, Lists.Length).Select(query =>
                NaiveQuery.Of(Lists[query], _gallery, row => isGood(query, row), row => isJunk(query, row))),
        ];

        public RetrievalAccuracy Measure(EvaluationProtocol protocol, GroundTruth? truth = null) =>
            RetrievalEvaluator.Measure(Ranking, new EvaluationSettings { Protocol = protocol, GroundTruth = truth });

        /// <summary>Up to so many positives a query, the half of them hard, and as much junk; some queries have none.</summary>
        public GroundTruth Truth(int positives = 12)
        {
            int[] rows = [.. Enumerable.Range(0, _gallery)];
            return new GroundTruth([.. Enumerable.Range(0, Queries).Select(query =>
            {
                _random.Shuffle(rows);
                int easy = query % 5 == 0 ? 0 : _random.Next(positives / 2);
                int hard = query % 4 == 0 ? 0 : _random.Next(positives / 2);
                int junk = _random.Next(positives);
                return new QueryTruth { Easy = rows[..easy], Hard = rows[easy..(easy + hard)], Junk = rows[(easy + hard)..(easy + hard + junk)] };
            })], _gallery);
        }
    }
}
