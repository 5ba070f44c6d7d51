using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>A thread's eight elements, in registers: ILGPU does not unroll loops, so they have names.</summary>
internal struct RankItems
{
    public RankItem I0;
    public RankItem I1;
    public RankItem I2;
    public RankItem I3;
    public RankItem I4;
    public RankItem I5;
    public RankItem I6;
    public RankItem I7;

    /// <summary>Sorts them by Batcher's 19 comparisons.</summary>
    public static RankItems Sort(RankItems items)
    {
        (items.I0, items.I1) = RankItem.Order(items.I0, items.I1, isReversed: false);
        (items.I2, items.I3) = RankItem.Order(items.I2, items.I3, isReversed: false);
        (items.I4, items.I5) = RankItem.Order(items.I4, items.I5, isReversed: false);
        (items.I6, items.I7) = RankItem.Order(items.I6, items.I7, isReversed: false);
        (items.I0, items.I2) = RankItem.Order(items.I0, items.I2, isReversed: false);
        (items.I1, items.I3) = RankItem.Order(items.I1, items.I3, isReversed: false);
        (items.I4, items.I6) = RankItem.Order(items.I4, items.I6, isReversed: false);
        (items.I5, items.I7) = RankItem.Order(items.I5, items.I7, isReversed: false);
        (items.I1, items.I2) = RankItem.Order(items.I1, items.I2, isReversed: false);
        (items.I5, items.I6) = RankItem.Order(items.I5, items.I6, isReversed: false);
        (items.I0, items.I4) = RankItem.Order(items.I0, items.I4, isReversed: false);
        (items.I1, items.I5) = RankItem.Order(items.I1, items.I5, isReversed: false);
        (items.I2, items.I6) = RankItem.Order(items.I2, items.I6, isReversed: false);
        (items.I3, items.I7) = RankItem.Order(items.I3, items.I7, isReversed: false);
        (items.I2, items.I4) = RankItem.Order(items.I2, items.I4, isReversed: false);
        (items.I3, items.I5) = RankItem.Order(items.I3, items.I5, isReversed: false);
        (items.I1, items.I2) = RankItem.Order(items.I1, items.I2, isReversed: false);
        (items.I3, items.I4) = RankItem.Order(items.I3, items.I4, isReversed: false);
        (items.I5, items.I6) = RankItem.Order(items.I5, items.I6, isReversed: false);
        return items;
    }

    /// <summary>
    /// Three steps of a network: of elements four apart, two apart, one apart. After a mirrored step those elements
    /// that were on its far side lie in reverse; before the second step they do already.
    /// </summary>
    public static RankItems Step(RankItems items, bool isFirstMirrored, bool isSecondMirrored)
    {
        (items.I0, items.I4) = RankItem.Order(items.I0, items.I4, isReversed: false);
        (items.I1, items.I5) = RankItem.Order(items.I1, items.I5, isReversed: false);
        (items.I2, items.I6) = RankItem.Order(items.I2, items.I6, isSecondMirrored);
        (items.I3, items.I7) = RankItem.Order(items.I3, items.I7, isSecondMirrored);
        (items.I0, items.I2) = RankItem.Order(items.I0, items.I2, isReversed: false);
        (items.I1, items.I3) = RankItem.Order(items.I1, items.I3, isReversed: false);
        (items.I4, items.I6) = RankItem.Order(items.I4, items.I6, isFirstMirrored);
        (items.I5, items.I7) = RankItem.Order(items.I5, items.I7, isFirstMirrored);
        (items.I0, items.I1) = RankItem.Order(items.I0, items.I1, isReversed: false);
        (items.I2, items.I3) = RankItem.Order(items.I2, items.I3, isSecondMirrored);
        (items.I4, items.I5) = RankItem.Order(items.I4, items.I5, isFirstMirrored);
        (items.I6, items.I7) = RankItem.Order(items.I6, items.I7, isFirstMirrored | isSecondMirrored);
        return items;
    }

    /// <summary>Loads them from slots that differ by the steps' distances.</summary>
    public static RankItems Load(
        ArrayView<uint> upper, ArrayView<ulong> lower, int start, int first, int second, int third)
    {
        RankItems items;
        items.I0 = RankItem.Load(upper, lower, start);
        items.I1 = RankItem.Load(upper, lower, start ^ third);
        items.I2 = RankItem.Load(upper, lower, start ^ second);
        items.I3 = RankItem.Load(upper, lower, start ^ second ^ third);
        items.I4 = RankItem.Load(upper, lower, start ^ first);
        items.I5 = RankItem.Load(upper, lower, start ^ first ^ third);
        items.I6 = RankItem.Load(upper, lower, start ^ first ^ second);
        items.I7 = RankItem.Load(upper, lower, start ^ first ^ second ^ third);
        return items;
    }

    /// <summary>Stores them where <see cref="Load"/> finds them.</summary>
    public static void Store(
        RankItems items, ArrayView<uint> upper, ArrayView<ulong> lower, int start, int first, int second, int third)
    {
        RankItem.Store(items.I0, upper, lower, start);
        RankItem.Store(items.I1, upper, lower, start ^ third);
        RankItem.Store(items.I2, upper, lower, start ^ second);
        RankItem.Store(items.I3, upper, lower, start ^ second ^ third);
        RankItem.Store(items.I4, upper, lower, start ^ first);
        RankItem.Store(items.I5, upper, lower, start ^ first ^ third);
        RankItem.Store(items.I6, upper, lower, start ^ first ^ second);
        RankItem.Store(items.I7, upper, lower, start ^ first ^ second ^ third);
    }
}
