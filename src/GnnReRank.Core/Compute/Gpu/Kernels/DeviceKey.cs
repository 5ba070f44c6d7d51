using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels;

/// <summary>The device's copy of the SortableKey of the processor: code that kernels may call.</summary>
internal static class DeviceKey
{
    private const uint SignBit = 0x8000_0000;

    /// <summary>A larger score has a larger key; -0.0 and 0.0 have the same.</summary>
    public static uint Of(float score)
    {
        uint bits = Interop.FloatAsInt(score == 0f ? 0f : score);
        return (bits & SignBit) != 0 ? ~bits : bits | SignBit;
    }

    /// <summary>The score of a key.</summary>
    public static float ToScore(uint key) => Interop.IntAsFloat((key & SignBit) != 0 ? key ^ SignBit : ~key);

    /// <summary>Larger is better: score first, then the smaller index. No pair has the key 0.</summary>
    public static ulong BestIsLargest(float score, int index) => ((ulong)Of(score) << 32) | ~(uint)index;

    public static int IndexOfBest(ulong key) => (int)~(uint)key;

    public static float ScoreOfBest(ulong key) => ToScore((uint)(key >> 32));
}
