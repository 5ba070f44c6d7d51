using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Tests.Compute.Cpu.Singles;

/// <summary>Scorings of a gallery that changes, that were kept, by other numbers of threads: the same bits.</summary>
public sealed class ChangedSinglesTests
{
    private const int Dimension = 6;

    public static TheoryData<GnnReRankSettings> Cases =>
    [
        .. ((int[])[0, 1, 2]).Select(layers => new GnnReRankSettings { K1 = 8, K2 = 4, Layers = layers }),
        new GnnReRankSettings { K1 = 5, K2 = 1 },
        new GnnReRankSettings { K1 = 12, K2 = 5, Aggregator = GnnAggregator.Mean, Lambda = 0.3 },
        new GnnReRankSettings { K1 = 20, K2 = 18 },
        new GnnReRankSettings { K1 = 8, K2 = 4, Variant = GnnVariant.Reference },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ChangesToWhatWouldBeMadeAfresh(GnnReRankSettings settings)
    {
        Random random = new(7);
        MessageRecipe recipe = SingleCase.Recipe(settings);
        ChangedGallery gallery = new(settings.K1 + 2);
        gallery.Change(Rows(random, 15), []);
        ISingleScoring scoring = Prepare(recipe, gallery, 1);
        for (int step = 0; step < 12; step++)
        {
            int[] live = [.. gallery.Live];
            int[] changed = gallery.Change(
                Rows(random, step == 3 ? 180 : random.Next(4)),
                step % 3 == 0 ? [] : random.GetItems(live, random.Next(1, 4)));
            scoring = scoring.After(gallery.Lists, changed, SingleCase.Options(1 + (step % 3)));
            float[] query = Rows(random, 1).Single();
            float[] cosines = Cosines(gallery, new FeatureMatrix(query, 1, Dimension));
            AssertSameBits(Scores(Prepare(recipe, gallery, 2), cosines), Scores(scoring, cosines));
        }
    }

    /// <summary>Rows that were removed are as if they had never been.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void LeavesRemovedRowsOut(GnnReRankSettings settings)
    {
        Random random = new(8);
        ChangedGallery gallery = new(settings.K1);
        gallery.Change(Rows(random, 70), []);
        gallery.Change([], [0, 5, 31, 32, 69]);
        FeatureMatrix query = new(Rows(random, 1).Single(), 1, Dimension);
        float[] found = Scores(Prepare(SingleCase.Recipe(settings), gallery, 2), Cosines(gallery, query));
        float[] expected = new SingleCase(gallery.LiveMatrix, settings.K1).FullRun(settings, query);
        Assert.Equal(expected, gallery.Live.Select(row => found[row]), (left, right) => Math.Abs(left - right) <= 2e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsReadAsItWasWritten(GnnReRankSettings settings)
    {
        SingleCase single = new(MadeFeatures.WithDuplicatesAndZeros(300, Dimension, seed: 9), settings.K1);
        KeptArrays kept = new();
        single.Prepare(settings).Write(kept);
        float[] cosines = single.Cosines(MadeFeatures.Random(1, Dimension, seed: 10));
        AssertSameBits(Scores(single.Prepare(settings), cosines), Scores(Read(single, settings, kept), cosines));
    }

    [Theory]
    [InlineData("norms1", float.NaN)]
    [InlineData("norms2", 0f)]
    [InlineData("norms2", 2f)]
    [InlineData("products", -1f)]
    [InlineData("products", float.PositiveInfinity)]
    [InlineData("products", null)]
    [InlineData("norms1", null)]
    public void RefusesWhatCannotBe(string name, float? value)
    {
        GnnReRankSettings settings = new() { K1 = 8, K2 = 4 };
        SingleCase single = new(MadeFeatures.Clustered(50, Dimension, 5, seed: 11), settings.K1);
        KeptArrays kept = new();
        single.Prepare(settings).Write(kept);
        byte[] array = kept.Arrays[name];
        if (value is null)
        {
            kept.Arrays[name] = array[..^4];
        }
        else
        {
            BitConverter.TryWriteBytes(array.AsSpan(40), value.Value);
        }

        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Read(single, settings, kept));
        Assert.Contains($"array '{name}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheSameBitsForAnyThreads(GnnReRankSettings settings)
    {
        SingleCase single = new(MadeFeatures.Clustered(400, Dimension, 30, seed: 12), settings.K1);
        float[] cosines = single.Cosines(MadeFeatures.Clustered(1, Dimension, 30, seed: 13));
        float[] expected = Scores(single.Prepare(settings, 1), cosines);
        AssertSameBits(expected, Scores(single.Prepare(settings, 2), cosines));
        AssertSameBits(expected, Scores(single.Prepare(settings, 5), cosines));
    }

    /// <summary>A query that stops leaves nothing behind.</summary>
    [Fact]
    public unsafe void ScoresAfterACancelledQueryAsBefore()
    {
        GnnReRankSettings settings = new() { K1 = 8, K2 = 4 };
        SingleCase single = new(MadeFeatures.Clustered(200, Dimension, 9, seed: 14), settings.K1);
        float[] cosines = single.Cosines(MadeFeatures.Clustered(1, Dimension, 9, seed: 15));
        using ISingleScorer scorer = single.Prepare(settings).CreateScorer();
        float[] expected = SingleCase.Score(scorer, cosines);
        Assert.Throws<OperationCanceledException>(() =>
        {
            fixed (float* pointer = cosines)
            {
                scorer.Score(pointer, new CancellationToken(canceled: true));
            }
        });
        AssertSameBits(expected, SingleCase.Score(scorer, cosines));
    }

    /// <summary>
    /// Rows around twelve centres, so that what changes leaves some of the others as they are; some rows are zero, and
    /// some stand there twice.
    /// </summary>
    private static IEnumerable<float[]> Rows(Random random, int count)
    {
        float[] last = new float[Dimension];
        for (int row = 0; row < count; row++)
        {
            int centre = 1 + random.Next(12);
            last = random.Next(9) switch
            {
                0 => new float[Dimension],
                1 => last,
                _ =>
                [
                    .. Enumerable.Range(0, Dimension)
                        .Select(column => (0.1f * random.NextSingle()) + ((centre >> column) & 1)),
                ],
            };
            yield return last;
        }
    }

    private static ISingleScoring Prepare(MessageRecipe recipe, ChangedGallery gallery, int threads) =>
        SingleScorings.Prepare(recipe, gallery.Lists, MemoryBudget.OfMachine(), SingleCase.Options(threads));

    private static ISingleScoring Read(SingleCase single, GnnReRankSettings settings, KeptArrays kept) =>
        SingleScorings.Read(
            SingleCase.Recipe(settings), single.Lists, kept, MemoryBudget.OfMachine(), SingleCase.Options(2));

    private static float[] Cosines(ChangedGallery gallery, FeatureMatrix query)
    {
        float[] cosines = new float[gallery.Count];
        Array.Fill(cosines, float.NaN);
        int at = 0;
        float[] found = SingleCase.Cosines(query, gallery.LiveMatrix);
        foreach (int row in gallery.Live)
        {
            cosines[row] = found[at++];
        }

        return cosines;
    }

    private static float[] Scores(ISingleScoring scoring, float[] cosines)
    {
        using ISingleScorer scorer = scoring.CreateScorer();
        return SingleCase.Score(scorer, cosines);
    }

    private static void AssertSameBits(float[] expected, float[] found) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), found.Select(BitConverter.SingleToInt32Bits));
}
