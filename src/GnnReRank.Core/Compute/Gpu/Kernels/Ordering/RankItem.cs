using System.Runtime.CompilerServices;
using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>
/// An element that a ranking orders: by key ascending, then by column ascending. Split like this two of them are
/// compared by four instructions; a key of 64 bits and a column take five.
/// </summary>
internal struct RankItem
{
    /// <summary>The upper half of the key.</summary>
    public uint Upper;

    /// <summary>The lower half of the key, and below it the column.</summary>
    public ulong Lower;

    public static RankItem Of(ulong key, int column)
    {
        RankItem item;
        item.Upper = (uint)(key >> 32);
        item.Lower = (key << 32) | (uint)column;
        return item;
    }

    /// <summary>Two elements in order, or in reverse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (RankItem First, RankItem Second) Order(RankItem first, RankItem second, bool isReversed)
    {
        // No two are equal, so that what is not before stands behind.
        bool isBefore = second.Upper < first.Upper | (second.Upper == first.Upper & second.Lower < first.Lower);
        bool swaps = isBefore != isReversed;
        RankItem low;
        low.Upper = swaps ? second.Upper : first.Upper;
        low.Lower = swaps ? second.Lower : first.Lower;
        RankItem high;
        high.Upper = swaps ? first.Upper : second.Upper;
        high.Lower = swaps ? first.Lower : second.Lower;
        return (low, high);
    }

    public static RankItem Load(ArrayView<uint> upper, ArrayView<ulong> lower, int slot)
    {
        RankItem item;
        item.Upper = upper[slot];
        item.Lower = lower[slot];
        return item;
    }

    public static void Store(RankItem item, ArrayView<uint> upper, ArrayView<ulong> lower, int slot)
    {
        upper[slot] = item.Upper;
        lower[slot] = item.Lower;
    }
}
