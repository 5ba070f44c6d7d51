using System.Runtime.CompilerServices;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>
/// Orders rows of elements, a key and a column each: by key ascending, then by column ascending. No two elements are
/// equal, so whatever way they are sorted the order is the same.
/// </summary>
internal static class RankKernels
{
    public const int GroupSize = 256;

    /// <summary>Elements a group holds in shared memory: 24 KB.</summary>
    public const int TileSize = 2048;

    /// <summary>The deepest result that <see cref="SelectBest"/> makes: half a tile is left for what comes in.</summary>
    public const int MaxSelected = TileSize / 2;

    // Behind every key: no score but NaN has it.
    private const ulong Worst = ulong.MaxValue;

    /// <summary>Sorts each tile of each row; a group a tile, the tiles of a row one after the other.</summary>
    [Kernel]
    public static void SortTiles(SortTilesArguments arguments)
    {
        ArrayView<uint> upper = SharedMemory.Allocate<uint>(TileSize);
        ArrayView<ulong> lower = SharedMemory.Allocate<ulong>(TileSize);
        ArrayView<TilePass> passes = SharedMemory.Allocate<TilePass>(TileSort.MostPasses);
        int row = Grid.IdxX / arguments.Tiles;
        int start = Grid.IdxX % arguments.Tiles * TileSize;
        int count = IntrinsicMath.Min(arguments.Source.Width - start, arguments.Length);
        TileSort.Sort(LoadItems(arguments, row, start, count), upper, lower, passes, arguments.Length);

        // In halves: of a shift down and one up that meet, compilers make one that Oclgrind does not know.
        ArrayView<uint> halves = lower.Cast<uint>();
        for (int i = Group.IdxX; i < count; i += GroupSize)
        {
            int slot = TileSort.Slot(i);
            ulong key = ((ulong)upper[slot] << 32) | halves[(2 * slot) + 1];
            RankTarget.Store(arguments.Target, row, start + i, key, (int)halves[2 * slot]);
        }
    }

    /// <summary>
    /// Writes the best of each row; a group a row. What beats the last of the best so far is collected, and sorted when
    /// there is no room for more.
    /// </summary>
    [Kernel]
    public static void SelectBest(SelectBestArguments arguments)
    {
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(TileSize);
        ArrayView<int> columns = SharedMemory.Allocate<int>(TileSize);
        ArrayView<int> held = SharedMemory.Allocate<int>(1);
        int depth = arguments.Target.Depth;

        // Short results are sorted more often, but so many fewer elements that it costs less.
        int room = IntrinsicMath.Min(TileSize, IntrinsicMath.Max(2 * GroupSize, BitonicSort.PowerOfTwo(2 * depth)));
        ulong bound = Worst;
        if (Group.IdxX == 0)
        {
            held[0] = 0;
        }

        Group.Barrier();
        for (int start = 0; start < arguments.Source.Width; start += 4 * GroupSize)
        {
            // Four at once on their way: each alone would wait for memory.
            int column = start + Group.IdxX;
            ulong key0 = KeyOrWorst(arguments.Source, column);
            ulong key1 = KeyOrWorst(arguments.Source, column + GroupSize);
            ulong key2 = KeyOrWorst(arguments.Source, column + (2 * GroupSize));
            ulong key3 = KeyOrWorst(arguments.Source, column + (3 * GroupSize));
            for (int left = 3; left >= 0; left--)
            {
                // A key equal to the bound's stands behind it: its column is larger.
                if (key0 < bound)
                {
                    int slot = Atomic.Add(ref held[0], 1);
                    keys[slot] = key0;
                    columns[slot] = column;
                }

                key0 = key1;
                key1 = key2;
                key2 = key3;
                column += GroupSize;
                Group.Barrier();
                int count = held[0];
                Group.Barrier();
                if (count > room - GroupSize || (left == 0 & start + (4 * GroupSize) >= arguments.Source.Width))
                {
                    int length = BitonicSort.PowerOfTwo(count);
                    for (int i = count + Group.IdxX; i < length; i += GroupSize)
                    {
                        keys[i] = Worst;
                    }

                    Sort(keys, columns, length);
                    bound = count < depth ? Worst : keys[depth - 1];
                    if (Group.IdxX == 0)
                    {
                        held[0] = IntrinsicMath.Min(count, depth);
                    }

                    Group.Barrier();
                }
            }
        }

        for (int i = Group.IdxX; i < depth; i += GroupSize)
        {
            RankTarget.Store(arguments.Target, Grid.IdxX, i, keys[i], columns[i]);
        }
    }

    /// <summary>Whether the first element stands before the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBefore(ulong key, int column, ulong otherKey, int otherColumn) =>
        key < otherKey | (key == otherKey & column < otherColumn);

    /// <summary>Eight elements for each of the first threads; for the others what stands behind all elements.</summary>
    private static RankItems LoadItems(SortTilesArguments arguments, int row, int start, int count)
    {
        int threads = IntrinsicMath.Max(1, arguments.Length / TileSort.PerThread);
        bool holds = Group.IdxX < threads;
        int place = holds ? Group.IdxX : TileSort.PerThread * Group.IdxX;
        int step = holds ? threads : 1;
        RankSource source = arguments.Source;
        long first = ((long)row * source.Width) + start;

        // All at once on their way: each alone would wait for memory.
        Lane8 scores;
        scores.C0 = RankSource.ScoreAt(source, first + IntrinsicMath.Min(place, count - 1));
        scores.C1 = RankSource.ScoreAt(source, first + IntrinsicMath.Min(place + step, count - 1));
        scores.C2 = RankSource.ScoreAt(source, first + IntrinsicMath.Min(place + (2 * step), count - 1));
        scores.C3 = RankSource.ScoreAt(source, first + IntrinsicMath.Min(place + (3 * step), count - 1));
        scores.C4 = RankSource.ScoreAt(source, first + IntrinsicMath.Min(place + (4 * step), count - 1));
        scores.C5 = RankSource.ScoreAt(source, first + IntrinsicMath.Min(place + (5 * step), count - 1));
        scores.C6 = RankSource.ScoreAt(source, first + IntrinsicMath.Min(place + (6 * step), count - 1));
        scores.C7 = RankSource.ScoreAt(source, first + IntrinsicMath.Min(place + (7 * step), count - 1));
        Lane8 cosines;
        cosines.C0 = RankSource.CosineAt(source, first + IntrinsicMath.Min(place, count - 1));
        cosines.C1 = RankSource.CosineAt(source, first + IntrinsicMath.Min(place + step, count - 1));
        cosines.C2 = RankSource.CosineAt(source, first + IntrinsicMath.Min(place + (2 * step), count - 1));
        cosines.C3 = RankSource.CosineAt(source, first + IntrinsicMath.Min(place + (3 * step), count - 1));
        cosines.C4 = RankSource.CosineAt(source, first + IntrinsicMath.Min(place + (4 * step), count - 1));
        cosines.C5 = RankSource.CosineAt(source, first + IntrinsicMath.Min(place + (5 * step), count - 1));
        cosines.C6 = RankSource.CosineAt(source, first + IntrinsicMath.Min(place + (6 * step), count - 1));
        cosines.C7 = RankSource.CosineAt(source, first + IntrinsicMath.Min(place + (7 * step), count - 1));
        RankItems items;
        items.I0 = ItemOf(source, scores.C0, cosines.C0, start, place, count);
        items.I1 = ItemOf(source, scores.C1, cosines.C1, start, place + step, count);
        items.I2 = ItemOf(source, scores.C2, cosines.C2, start, place + (2 * step), count);
        items.I3 = ItemOf(source, scores.C3, cosines.C3, start, place + (3 * step), count);
        items.I4 = ItemOf(source, scores.C4, cosines.C4, start, place + (4 * step), count);
        items.I5 = ItemOf(source, scores.C5, cosines.C5, start, place + (5 * step), count);
        items.I6 = ItemOf(source, scores.C6, cosines.C6, start, place + (6 * step), count);
        items.I7 = ItemOf(source, scores.C7, cosines.C7, start, place + (7 * step), count);
        return items;
    }

    private static RankItem ItemOf(RankSource source, float score, float cosine, int start, int place, int count) =>
        RankItem.Of(place < count ? RankSource.KeyOf(source, score, cosine) : Worst, start + place);

    private static ulong KeyOrWorst(RankSource source, int column) =>
        column < source.Width ? RankSource.KeyAt(source, Grid.IdxX, column) : Worst;

    /// <summary>Sorts the first elements by a bitonic network whose comparisons all point one way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sort(ArrayView<ulong> keys, ArrayView<int> columns, int length)
    {
        Group.Barrier();
        for (int half = 1; half < length; half <<= 1)
        {
            for (int stride = half; stride > 0; stride >>= 1)
            {
                for (int pair = Group.IdxX; pair < length >> 1; pair += GroupSize)
                {
                    int offset = pair & (stride - 1);
                    int first = ((pair - offset) << 1) + offset;

                    // Both halves ascend: the first step pairs them mirrored.
                    int second = stride == half ? first + (2 * (stride - offset)) - 1 : first + stride;
                    ulong key = keys[first];
                    ulong otherKey = keys[second];
                    int column = columns[first];
                    int otherColumn = columns[second];
                    if (IsBefore(otherKey, otherColumn, key, column))
                    {
                        keys[first] = otherKey;
                        keys[second] = key;
                        columns[first] = otherColumn;
                        columns[second] = column;
                    }
                }

                Group.Barrier();
            }
        }
    }
}
