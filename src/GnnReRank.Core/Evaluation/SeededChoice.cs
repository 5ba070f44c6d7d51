namespace GnnReRank.Evaluation;

/// <summary>
/// Random choices that depend on nothing but what they are for: a hash of seed, query, draw and label, so that neither threads nor the
/// order of work change them.
/// </summary>
/// <remarks>The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood 2014), which passes over every bit twice.</remarks>
internal static class SeededChoice
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>What the choices of one draw start from.</summary>
    public static ulong Key(int seed, int query, int draw) =>
        Mix(Mix(Mix((uint)seed + Golden) + (uint)query + Golden) + (uint)draw + Golden);

    /// <summary>A number below count, for one identity of a draw.</summary>
    public static int Below(int count, ulong key, long label) =>
        count == 1 ? 0 : (int)(((Mix(key + ((ulong)label * Golden)) >> 32) * (uint)count) >> 32);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
