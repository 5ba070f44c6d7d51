using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>An element that a ranking orders: by key ascending, then by column ascending.</summary>
internal struct RankItem
{
    public ulong Key;
    public int Column;

    /// <summary>Two elements in order, or in reverse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (RankItem First, RankItem Second) Order(RankItem first, RankItem second, bool isReversed)
    {
        // No two are equal, so that what is not before stands behind.
        bool swaps = RankKernels.IsBefore(second.Key, second.Column, first.Key, first.Column) != isReversed;
        RankItem low;
        low.Key = swaps ? second.Key : first.Key;
        low.Column = swaps ? second.Column : first.Column;
        RankItem high;
        high.Key = swaps ? first.Key : second.Key;
        high.Column = swaps ? first.Column : second.Column;
        return (low, high);
    }
}
