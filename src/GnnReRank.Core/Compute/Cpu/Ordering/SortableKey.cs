using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>Scores as unsigned integers of the same order, and (score, index) pairs as one integer: a total order.</summary>
internal static class SortableKey
{
    private const uint SignBit = 0x8000_0000;

    /// <summary>A larger score has a larger key; -0.0 and 0.0 have the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(float score)
    {
        // -0.0 + 0.0 is 0.0: without this the two zeros would not tie.
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return bits ^ ((uint)((int)bits >> 31) | SignBit);
    }

    /// <summary>The score of a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToScore(uint key) => BitConverter.UInt32BitsToSingle((key & SignBit) != 0 ? key ^ SignBit : ~key);

    /// <summary>Larger is better: score first, then the smaller index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BestIsLargest(float score, int index) => ((ulong)Of(score) << 32) | ~(uint)index;

    /// <summary>The index in a key of <see cref="BestIsLargest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOfBest(ulong key) => (int)~(uint)key;

    /// <summary>The score in a key of <see cref="BestIsLargest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ScoreOfBest(ulong key) => ToScore((uint)(key >> 32));

    /// <summary>Smaller is better: score first, then the smaller index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BestIsSmallest(float score, int index) => ((ulong)~Of(score) << 32) | (uint)index;
}
