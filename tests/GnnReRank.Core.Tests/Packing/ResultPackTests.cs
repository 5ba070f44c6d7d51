using System.Globalization;
using GnnReRank.Tests.Evaluation;
using GnnReRank.Tests.Formats;

namespace GnnReRank.Tests.Packing;

public sealed class ResultPackTests
{
    public static TheoryData<int> Samples => [.. Enumerable.Range(0, PackSamples.All.Count())];

    [Theory]
    [MemberData(nameof(Samples))]
    public void WhatWasPackedComesBackBitForBit(int sample)
    {
        object packed = PackSamples.All.ElementAt(sample);
        string[] seen = [.. PackSamples.Seen(packed)];
        Assert.True(seen.Length > 8);
        Assert.Equal(seen, PackSamples.Seen(ResultPack.Unpack(ResultPack.Pack(packed))));
    }

    [Fact]
    public void ASetRankedAgainstItselfStaysOne()
    {
        FeatureMatrix set = new([1, 2, 1, 1, 2, 1], 3, 2, [4, 4, 4]);
        Ranking ranking = CosineRanker.Rank(set.WithRole(FeatureRole.Query), set.WithRole(FeatureRole.Gallery));
        byte[] bytes = ResultPack.Pack(ranking);
        Ranking unpacked = (Ranking)ResultPack.Unpack(bytes);
        Assert.Same(unpacked.Query.Storage, unpacked.Gallery.Storage);
        Assert.Equal((FeatureRole.Query, FeatureRole.Gallery), (unpacked.Query.Role, unpacked.Gallery.Role));
        Assert.Equal(EvaluationProtocol.LeaveOneOut, RetrievalEvaluator.Measure(unpacked).Protocol);
    }

    [Fact]
    public void ValuesOfAFileComeBackInMemory()
    {
        FeatureMatrix mapped = Formulas.Read("f4.npy", new FeatureReadOptions { MemoryMapped = true });
        FeatureMatrix unpacked = (FeatureMatrix)ResultPack.Unpack(ResultPack.Pack(mapped));
        Assert.Equal((true, false), (mapped.IsMemoryMapped, unpacked.IsMemoryMapped));
        FeatureSamples.AssertSame(mapped, unpacked);
    }

    [Fact]
    public void EachMethodsSettingsArePacked()
    {
        Type[] methods = [
            .. typeof(RankingSettings).Assembly.GetTypes().Where(
            type => type.IsSubclassOf(typeof(RankingSettings)) && !type.IsAbstract)];
        Assert.Contains(typeof(CosineSettings), methods);
        foreach (Type method in methods)
        {
            RankingSettings settings = method == typeof(ImportedSettings) ? new ImportedSettings("GNN", "run.trec")
                : method == typeof(MergedSettings) ? new MergedSettings { Fusion = RankingFusion.ReciprocalRank, RankConstant = 60, Merged = "a + b" }
                : (RankingSettings)Activator.CreateInstance(method)!;
            AssertPacked(settings);
        }
    }

    public static TheoryData<ReRankMethod> Methods => [.. ReRankMethods.All.Select(info => info.Method)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void EachParameterOfAMethodIsPacked(ReRankMethod method)
    {
        MethodSettings defaults = ReRankMethods.Of(method).Defaults;
        foreach (MethodParameter parameter in defaults.Parameters)
        {
            object other = parameter.ValueIn(defaults) switch
            {
                bool flag => !flag,
                int count => count + 1,
                double number => (number + Math.Max(parameter.Minimum, Math.Min(parameter.Maximum, number + 1))) / 2,
                Enum choice => Enum.GetValues(parameter.Type).Cast<Enum>().Last(value => !value.Equals(choice)),
                _ => Convert.ChangeType(
                    parameter.Maximum < 2 ? parameter.Maximum : 1, parameter.Type, CultureInfo.InvariantCulture),
            };
            MethodSettings changed = parameter.With(defaults, other);
            Assert.NotEqual(defaults, changed);
            AssertPacked(changed);
        }
    }

    [Fact]
    public void ListsOfDifferentLengthsArePacked()
    {
        RaggedRows<int> indices = new([[2, 0], [], [1]]);
        RaggedRows<float> scores = new([[0.5f, 0.25f], [], [-1]]);
        Ranking ranking = new(new FeatureMatrix([1, 2, 3], 3, 1), new FeatureMatrix([4, 5, 6], 3, 1), indices, scores, new ImportedSettings("run", "run.trec"));
        Ranking back = (Ranking)ResultPack.Unpack(ResultPack.Pack(ranking));
        Assert.Equal((2, 0), (back.Depth, back.ShortestDepth));
        Assert.All(Enumerable.Range(0, 3), query => Assert.Equal([.. ranking.GetIndices(query).Cast<object>(), .. ranking.GetScores(query).Cast<object>()], back.GetIndices(query).Cast<object>().Concat(back.GetScores(query).Cast<object>())));
    }

    [Fact]
    public void WhatIsTooLargeIsRefusedBeforeItIsCopied()
    {
        FeatureMatrix large = new(new float[(ResultPack.MostBytes / sizeof(float)) + 1], 1, (ResultPack.MostBytes / sizeof(float)) + 1);
        GnnReRankException? refused = null;
        Allocation.AssertBelow(1 << 20, () => refused = Assert.Throws<GnnReRankException>(() => ResultPack.Pack(large)));
        Assert.Equal(("TooLargeToPack", ErrorKind.TooLarge), (refused!.ErrorId, refused.Kind));
        Assert.Contains("134 MB", refused.Message);
    }

    [Fact]
    public void OtherObjectsAreRefused() =>
        Assert.Equal("NotPackable", Assert.Throws<GnnReRankException>(() => ResultPack.Pack(new GnnReRankSettings())).ErrorId);

    private static void AssertPacked(RankingSettings settings)
    {
        Ranking ranking = HandRanking.Of(
            FeatureSamples.Known(), FeatureSamples.Known(), [.. Enumerable.Repeat<int[]>([2, 0], 7)]);
        RowBlocks<int> indices = new(7, 1);
        RowBlocks<float> scores = new(7, 1);
        for (int row = 0; row < 7; row++)
        {
            indices[row][0] = 0;
            scores[row][0] = 0;
        }

        Ranking made = new(ranking.Query, ranking.Gallery, indices, scores, settings);
        Assert.Equal(settings, ((Ranking)ResultPack.Unpack(ResultPack.Pack(made))).Settings);
    }
}
