using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>What a ranking orders: rows of scores, of cosines, or of both, and how they mix.</summary>
internal struct RankSource
{
    /// <summary>rows x Width scores; unused without <see cref="HasScores"/>.</summary>
    public ArrayView<float> Scores;

    /// <summary>rows x Width cosines; unused without <see cref="HasCosines"/>.</summary>
    public ArrayView<float> Cosines;

    public int Width;
    public int HasScores;
    public int HasCosines;
    public float ScoreWeight;
    public float CosineWeight;

    /// <summary>0, which the compiler must not know: see <see cref="Mix"/>.</summary>
    public uint Zero;

    /// <summary>
    /// The element's place in the order, smaller is better: the final score in the upper half, the cosine that breaks ties in the lower.
    /// </summary>
    public static ulong KeyAt(RankSource source, long row, int column)
    {
        long at = (row * source.Width) + column;
        return KeyOf(source, ScoreAt(source, at), CosineAt(source, at));
    }

    /// <summary>The key of a score and a cosine, as <see cref="KeyAt"/> makes it.</summary>
    public static ulong KeyOf(RankSource source, float score, float cosine)
    {
        float final = source.HasScores == 0 ? cosine : Mix(source, score, cosine);
        uint tie = source.HasScores == 0 | source.HasCosines == 0 ? 0 : Smaller(cosine);
        return ((ulong)Smaller(final) << 32) | tie;
    }

    /// <summary>The score of an element, 0 where there are none.</summary>
    public static float ScoreAt(RankSource source, long at) => source.HasScores == 0 ? 0f : source.Scores[at];

    /// <summary>The cosine of an element, 0 where there are none.</summary>
    public static float CosineAt(RankSource source, long at) => source.HasCosines == 0 ? 0f : source.Cosines[at];

    /// <summary>The final score in a key.</summary>
    public static float ScoreOf(ulong key) => DeviceKey.ToScore(~(uint)(key >> 32));

    private static uint Smaller(float score) => ~DeviceKey.Of(score);

    /// <summary>The weighted sum, each product rounded by itself as on the processor.</summary>
    private static float Mix(RankSource source, float score, float cosine) =>
        Rounded(source, score * source.ScoreWeight) + Rounded(source, cosine * source.CosineWeight);

    /// <summary>The product itself. Drivers fuse a product with the sum that takes it, unless integer work stands between.</summary>
    private static float Rounded(RankSource source, float product) => Interop.IntAsFloat(Interop.FloatAsInt(product) ^ source.Zero);
}
