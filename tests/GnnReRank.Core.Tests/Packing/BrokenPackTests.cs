using GnnReRank.Tests.Evaluation;
using GnnReRank.Tests.Formats;

namespace GnnReRank.Tests.Packing;

/// <summary>A pack may come from anyone: no object that could not be made otherwise comes of it, and nothing but a clear error.</summary>
public sealed class BrokenPackTests
{
    private static readonly byte[] s_matrix = ResultPack.Pack(new FeatureMatrix([0.25f, 3f, 5f, 7f], 2, 2, [40, 41], names: ["one", "two"]));
    private static readonly byte[] s_graph = ResultPack.Pack(new NeighborGraph([0, 1, 1, 0], [1, 0.375f, 1, 0.375f], 2, 2));
    private static readonly byte[] s_ranking = ResultPack.Pack(HandRanking.OfImages(3, [2, 0, 1], [0, 1, 2]));
    private static readonly byte[] s_accuracy = ResultPack.Pack(RetrievalEvaluator.Measure(
        HandRanking.Of([1, 2], null, [1, 2, 2, 1], null, [0, 1, 2, 3], [0, 1, 3, 2]), new EvaluationSettings { ApKind = ApKind.Uninterpolated }));

    public static TheoryData<string, byte[], byte[], byte[]> Lies => new()
    {
        { "this version", s_matrix, [0x47, 0x52, 0x52, 1], [0x47, 0x52, 0x52, 2] },
        { "its kind is 9", s_matrix, [1, 1, 0, 0, 0], [1, 9, 0, 0, 0] },
        { "NaN", s_matrix, Bits(0.25f), Bits(float.NaN) },
        { "bytes are needed", s_matrix, [.. Bits(2), .. Bits(2), .. Bits(0.25f)], [.. Bits(int.MaxValue), .. Bits(int.MaxValue), .. Bits(0.25f)] },
        { "0 rows x 2 columns", s_matrix, [.. Bits(2), .. Bits(2), .. Bits(0.25f)], [.. Bits(0), .. Bits(2), .. Bits(0.25f)] },
        { "1 labels", s_matrix, [.. Bits(2), .. Bits(40L), .. Bits(41L)], [.. Bits(1), .. Bits(40L)] },
        { "entries are announced", s_matrix, [.. Bits(2), .. Bits(40L)], [.. Bits(int.MaxValue), .. Bits(40L)] },
        { "names vertex 5", s_graph, [.. Bits(1), .. Bits(1), .. Bits(0)], [.. Bits(5), .. Bits(1), .. Bits(0)] },
        { "score 9", s_graph, Bits(0.375f), Bits(9f) },
        { "lists gallery row 7", s_ranking, [.. Bits(2), .. Bits(0), .. Bits(1)], [.. Bits(7), .. Bits(0), .. Bits(1)] },
        { "lists gallery row 2 twice", s_ranking, [.. Bits(2), .. Bits(0), .. Bits(1)], [.. Bits(2), .. Bits(0), .. Bits(2)] },
        { "do not go down at rank 2", s_ranking, Bits(0.5f), Bits(1.5f) },
        { "do not go down at rank 2", s_ranking, Bits(0.5f), Bits(float.NaN) },
        { "lists of 3 of 1 gallery rows", s_ranking, [.. Bits(3), .. Bits(1), .. Bits(1f), .. Bits(1f), .. Bits(1f)], [.. Bits(1), .. Bits(1), .. Bits(1f)] },
        { "no method of this version", s_ranking, [.. Bits(6), (byte)'C', 0], [.. Bits(6), (byte)'D', 0] },
        { "share lies outside", s_accuracy, [1, .. Bits(0.625)], [1, .. Bits(2.0)] },
        { "share lies outside", s_accuracy, [1, .. Bits(0.625)], [1, .. Bits(double.NaN)] },
        { "curve goes from 0.5 to 0.25", s_accuracy, [.. Bits(0.5), .. Bits(1.0)], [.. Bits(0.5), .. Bits(0.25)] },
        { "bytes follow its end", [.. s_accuracy, 0], [], [] },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void WhatNoObjectCanBeIsRefused(string words, byte[] pack, byte[] truth, byte[] lie)
    {
        Assert.NotNull(ResultPack.Unpack(pack[..^(words.StartsWith("bytes follow") ? 1 : 0)]));
        GnnReRankException refused = Assert.Throws<GnnReRankException>(() => ResultPack.Unpack(Told(pack, truth, lie)));
        Assert.Equal(ErrorKind.InvalidData, refused.Kind is ErrorKind.InvalidArgument ? ErrorKind.InvalidData : refused.Kind);
        Assert.Contains(words, refused.Message);
    }

    [Fact]
    public void WhatIsCutIsRefused()
    {
        foreach (byte[] pack in PackSamples.All.Select(ResultPack.Pack))
        {
            for (int length = 0; length < pack.Length; length++)
            {
                Assert.Throws<GnnReRankException>(() => ResultPack.Unpack(pack[..length]));
            }
        }
    }

    [Fact]
    public void WhatIsChangedIsRefusedOrStillWhole()
    {
        foreach (byte[] pack in PackSamples.All.Select(ResultPack.Pack))
        {
            for (int position = 0; position < pack.Length; position++)
            {
                foreach (byte change in (byte[])[0x01, 0x80, 0xFF])
                {
                    byte[] changed = [.. pack];
                    changed[position] ^= change;
                    AssertRefusedOrWhole(changed);
                }
            }
        }
    }

    [Fact]
    public void NoNumberIsBelievedBeforeItsBytesAreThere() => Allocation.AssertBelow(1 << 16, () => Assert.Throws<GnnReRankException>(() =>
        ResultPack.Unpack(Told(s_matrix, [.. Bits(2), .. Bits(2), .. Bits(0.25f)], [.. Bits(30_000), .. Bits(30_000), .. Bits(0.25f)]))));

    private static void AssertRefusedOrWhole(byte[] changed)
    {
        try
        {
            object unpacked = ResultPack.Unpack(changed);
            Assert.NotEmpty(PackSamples.Seen(unpacked).ToArray());
            Assert.NotEmpty(unpacked.ToString()!);
        }
        catch (GnnReRankException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    private static byte[] Told(byte[] pack, byte[] truth, byte[] lie)
    {
        int start = pack.AsSpan().IndexOf(truth);
        Assert.True(start >= 0);
        return [.. pack[..start], .. lie, .. pack[(start + truth.Length)..]];
    }

    private static byte[] Bits(int value) => BitConverter.GetBytes(value);

    private static byte[] Bits(long value) => BitConverter.GetBytes(value);

    private static byte[] Bits(float value) => BitConverter.GetBytes(value);

    private static byte[] Bits(double value) => BitConverter.GetBytes(value);
}
