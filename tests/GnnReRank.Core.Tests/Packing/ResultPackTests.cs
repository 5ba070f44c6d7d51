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
        Type[] methods = [.. typeof(RankingSettings).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RankingSettings)))];
        Assert.Contains(typeof(CosineSettings), methods);
        foreach (Type method in methods)
        {
            RankingSettings settings = (RankingSettings)Activator.CreateInstance(method)!;
            Ranking ranking = HandRanking.Of(FeatureSamples.Known(), FeatureSamples.Known(), [.. Enumerable.Repeat<int[]>([2, 0], 7)]);
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
}
