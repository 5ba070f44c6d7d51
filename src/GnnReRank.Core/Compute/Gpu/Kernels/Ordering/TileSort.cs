using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>
/// A group sorts a tile by a bitonic network whose comparisons all point one way. Each thread begins with eight sorted
/// elements, and then does three steps of the network at a time: it loads the eight elements which these connect.
/// </summary>
/// <remarks>
/// Runs of 2^level elements come about by a mirrored step, of elements whose places differ in all of the level's bits,
/// and one of each lower bit. A pass takes the next three steps. Where the first of them is a level's last, the other
/// two are the next level's first; so 20 passes sort 2,048 elements.
/// </remarks>
internal static class TileSort
{
    /// <summary>Elements a thread has.</summary>
    public const int PerThread = 8;

    // Eight sorted elements are a run of this level.
    private const int FirstLevel = 3;

    /// <summary>
    /// Sorts. All threads of the group come here, and leave after a barrier; a tile is read by <see cref="Slot"/>.
    /// </summary>
    /// <param name="items">The thread's own elements. Those behind the length stand behind all others, and ascend.</param>
    /// <param name="keys">Room for the keys.</param>
    /// <param name="columns">Room for the columns.</param>
    /// <param name="length">Elements to sort: a power of two, those of the first threads.</param>
    public static void Sort(RankItems items, ArrayView<ulong> keys, ArrayView<int> columns, int length)
    {
        Store(RankItems.Sort(items), keys, columns, Slot(PerThread * Group.IdxX), Slot(4), Slot(2), Slot(1));
        Group.Barrier();
        int level = FirstLevel + 1;
        int bit = FirstLevel;
        while (1 << level <= length)
        {
            // Steps beyond the length do nothing: what they compare is in order.
            bool isLast = bit == 0;
            bool isFirst = bit == level - 1;
            level += isLast ? 1 : 0;
            int mirror = Slot((1 << level) - 1);
            int low = isLast ? level - 3 : bit - 2;
            int first = isFirst ? mirror : Slot(1 << bit);
            int second = isLast ? mirror : Slot(2 << low);
            int third = isLast ? Slot(2 << low) : Slot(1 << low);
            int place = Group.IdxX & ((1 << low) - 1);
            int start = Slot(((Group.IdxX >> low) << (low + 3)) + (isLast ? 2 * place : place));
            RankItems loaded = Load(keys, columns, start, first, second, third);
            Store(RankItems.Step(loaded, isFirst, isLast), keys, columns, start, first, second, third);
            Group.Barrier();

            bool isDone = !isLast & low == 0;
            level += isDone ? 1 : 0;
            bit = isDone ? level - 1 : isLast ? low : low - 1;
        }
    }

    /// <summary>
    /// Where the shared arrays hold a place. Half a warp's keys lie in different banks in every pass, and so do a
    /// warp's columns. The slot of places joined by exclusive or is their slots so joined.
    /// </summary>
    public static int Slot(int place) => place ^ ((place >> 2) & 7) ^ ((place >> 3) & 31);

    private static RankItems Load(
        ArrayView<ulong> keys, ArrayView<int> columns, int start, int first, int second, int third)
    {
        RankItems items;
        items.I0 = LoadItem(keys, columns, start);
        items.I1 = LoadItem(keys, columns, start ^ third);
        items.I2 = LoadItem(keys, columns, start ^ second);
        items.I3 = LoadItem(keys, columns, start ^ second ^ third);
        items.I4 = LoadItem(keys, columns, start ^ first);
        items.I5 = LoadItem(keys, columns, start ^ first ^ third);
        items.I6 = LoadItem(keys, columns, start ^ first ^ second);
        items.I7 = LoadItem(keys, columns, start ^ first ^ second ^ third);
        return items;
    }

    private static void Store(
        RankItems items, ArrayView<ulong> keys, ArrayView<int> columns, int start, int first, int second, int third)
    {
        StoreItem(items.I0, keys, columns, start);
        StoreItem(items.I1, keys, columns, start ^ third);
        StoreItem(items.I2, keys, columns, start ^ second);
        StoreItem(items.I3, keys, columns, start ^ second ^ third);
        StoreItem(items.I4, keys, columns, start ^ first);
        StoreItem(items.I5, keys, columns, start ^ first ^ third);
        StoreItem(items.I6, keys, columns, start ^ first ^ second);
        StoreItem(items.I7, keys, columns, start ^ first ^ second ^ third);
    }

    private static RankItem LoadItem(ArrayView<ulong> keys, ArrayView<int> columns, int slot)
    {
        RankItem item;
        item.Key = keys[slot];
        item.Column = columns[slot];
        return item;
    }

    private static void StoreItem(RankItem item, ArrayView<ulong> keys, ArrayView<int> columns, int slot)
    {
        keys[slot] = item.Key;
        columns[slot] = item.Column;
    }
}
