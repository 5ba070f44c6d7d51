using GnnReRank.Running;

namespace GnnReRank.Evaluation.Measuring;

/// <summary>
/// Random choices that depend on nothing but what they are for: a hash of seed, query, draw and label, so that neither threads nor the
/// order of work change them.
/// </summary>
internal static class SeededChoice
{
    /// <summary>What the choices of one draw start from.</summary>
    public static ulong Key(int seed, int query, int draw) =>
        Mix(Mix(Mix((uint)seed) + (uint)query) + (uint)draw);

    /// <summary>A number below count, for one identity of a draw.</summary>
    public static int Below(int count, ulong key, long label) =>
        count == 1 ? 0 : (int)(((SplitMix64.Mixed(key + ((ulong)label * SplitMix64.GoldenGamma)) >> 32) * (uint)count) >> 32);

    private static ulong Mix(ulong value) => SplitMix64.Mixed(value + SplitMix64.GoldenGamma);
}
