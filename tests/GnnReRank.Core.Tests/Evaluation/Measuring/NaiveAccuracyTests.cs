namespace GnnReRank.Tests.Evaluation.Measuring;

/// <summary>Random rankings against the definitions taken literally: build the precision-recall curve, then integrate it.</summary>
public sealed class NaiveAccuracyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryFigureAgreesWithItsDefinition(int seed)
    {
        Random random = new(seed);
        int[] galleryOrder = Enumerable.Range(0, 60).ToArray();
        long[] queryLabels = Labels(random, 25);
        long[] galleryLabels = Labels(random, 60);
        int[] queryCameras = Cameras(random, 25);
        int[] galleryCameras = Cameras(random, 60);
        int[][] lists = queryLabels.Select(_ => Shuffled(random, galleryOrder)).ToArray();
        Ranking ranking = HandRanking.Of(queryLabels, queryCameras, galleryLabels, galleryCameras, lists);
        foreach (ApKind kind in Enum.GetValues<ApKind>())
        {
            RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(ranking, new EvaluationSettings { ApKind = kind });
            List<double> precisions = [];
            List<double> penalties = [];
            List<int> firsts = [];
            for (int query = 0; query < queryLabels.Length; query++)
            {
                bool[] good = lists[query]
                    .Where(g => galleryLabels[g] != -1 && !(galleryLabels[g] == queryLabels[query] && galleryCameras[g] == queryCameras[query]))
                    .Select(g => galleryLabels[g] == queryLabels[query]).ToArray();
                if (good.Any(isGood => isGood))
                {
                    precisions.Add(kind == ApKind.Trapezoid ? Trapezoid(good) : MeanOfPrecisions(good));
                    penalties.Add((double)good.Count(isGood => isGood) / (Array.LastIndexOf(good, true) + 1));
                    firsts.Add(Array.IndexOf(good, true));
                }
            }

            Assert.Equal(precisions.Count, accuracy.ValidQueryCount);
            Assert.Equal(precisions.Average(), accuracy.mAP!.Value, 12);
            Assert.Equal(penalties.Average(), accuracy.mINP!.Value, 12);
            Assert.Equal(firsts.Average(first => first < 5 ? 1.0 : 0.0), accuracy.Rank5!.Value, 12);
        }
    }

    /// <summary>Oxford's compute_ap: the area under the curve through every rank, from precision 1 at recall 0.</summary>
    private static double Trapezoid(bool[] good)
    {
        double relevant = good.Count(isGood => isGood);
        double area = 0;
        double oldRecall = 0;
        double oldPrecision = 1;
        double hits = 0;
        for (int rank = 0; rank < good.Length; rank++)
        {
            hits += good[rank] ? 1 : 0;
            double recall = hits / relevant;
            double precision = hits / (rank + 1);
            area += (recall - oldRecall) * (oldPrecision + precision) / 2;
            oldRecall = recall;
            oldPrecision = precision;
        }

        return area;
    }

    private static double MeanOfPrecisions(bool[] good) => Enumerable.Range(0, good.Length).Where(rank => good[rank])
        .Average(rank => good.Take(rank + 1).Average(isGood => isGood ? 1.0 : 0.0));

    private static long[] Labels(Random random, int count) => Enumerable.Range(0, count).Select(_ => (long)random.Next(-1, 8)).ToArray();

    private static int[] Cameras(Random random, int count) => Enumerable.Range(0, count).Select(_ => random.Next(3)).ToArray();

    private static int[] Shuffled(Random random, int[] items)
    {
        int[] copy = [.. items];
        random.Shuffle(copy);
        return copy;
    }
}
