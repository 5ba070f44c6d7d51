using System.Runtime.CompilerServices;

namespace GnnReRank.Running;

/// <summary>
/// The generator SplitMix64 (Steele, Lea and Flood, 2014). Written out here, because the same seed must give the same result on
/// every machine and with every number of threads.
/// </summary>
internal struct SplitMix64(ulong state)
{
    /// <summary>The step of the state: 2^64 divided by the golden ratio, made odd.</summary>
    public const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state = state;

    /// <summary>The stream of one numbered sample. Starts are hashes, so streams are far apart, whichever thread draws them.</summary>
    public static SplitMix64 ForSample(int seed, int sample) => new(Mixed(((ulong)(uint)seed << 32) | (uint)sample));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next() => Mixed(_state += GoldenGamma);

    /// <summary>A number in [0, count). Some come up more often than others by 2^-33 at most: far below what a sample can tell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextIndex(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>The finaliser, which passes over every bit twice and is one to one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
