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
    /// Three steps of a network whose comparisons all point one way: of elements four apart, two apart, one apart.
    /// </summary>
    /// <param name="items">The elements.</param>
    /// <param name="upperReversed">Whether the last four lie in reverse: the first step is mirrored.</param>
    /// <param name="middleReversed">Whether elements 2, 3, 6 and 7 do: the second step is mirrored.</param>
    public static RankItems Step(RankItems items, bool upperReversed, bool middleReversed)
    {
        (items.I0, items.I4) = RankItem.Order(items.I0, items.I4, isReversed: false);
        (items.I1, items.I5) = RankItem.Order(items.I1, items.I5, isReversed: false);
        (items.I2, items.I6) = RankItem.Order(items.I2, items.I6, middleReversed);
        (items.I3, items.I7) = RankItem.Order(items.I3, items.I7, middleReversed);
        (items.I0, items.I2) = RankItem.Order(items.I0, items.I2, isReversed: false);
        (items.I1, items.I3) = RankItem.Order(items.I1, items.I3, isReversed: false);
        (items.I4, items.I6) = RankItem.Order(items.I4, items.I6, upperReversed);
        (items.I5, items.I7) = RankItem.Order(items.I5, items.I7, upperReversed);
        (items.I0, items.I1) = RankItem.Order(items.I0, items.I1, isReversed: false);
        (items.I2, items.I3) = RankItem.Order(items.I2, items.I3, middleReversed);
        (items.I4, items.I5) = RankItem.Order(items.I4, items.I5, upperReversed);
        (items.I6, items.I7) = RankItem.Order(items.I6, items.I7, upperReversed | middleReversed);
        return items;
    }
}
