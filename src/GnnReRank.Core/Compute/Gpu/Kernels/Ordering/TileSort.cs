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

    /// <summary>Passes that sort a whole tile.</summary>
    public const int MostPasses = 20;

    // Eight sorted elements are a run of this level.
    private const int FirstLevel = 3;
    private const int StepsAPass = 3;

    /// <summary>
    /// Sorts. All threads of the group come here, and leave after a barrier; an element lies at its place's
    /// <see cref="Slot"/>.
    /// </summary>
    /// <param name="items">
    /// The thread's own elements. Those behind the length stand behind all others, and ascend.
    /// </param>
    /// <param name="upper">Room for the elements' one part.</param>
    /// <param name="lower">Room for the other.</param>
    /// <param name="passes">Room for the passes.</param>
    /// <param name="length">Elements to sort: a power of two, those of the first threads.</param>
    public static void Sort(
        RankItems items, ArrayView<uint> upper, ArrayView<ulong> lower, ArrayView<TilePass> passes, int length)
    {
        if (Group.IdxX < MostPasses)
        {
            passes[Group.IdxX] = PassAt(Group.IdxX);
        }

        RankItems.Store(RankItems.Sort(items), upper, lower, Slot(PerThread * Group.IdxX), Slot(4), Slot(2), Slot(1));
        Group.Barrier();
        int steps = 0;
        for (int level = FirstLevel + 1; 1 << level <= length; level++)
        {
            steps += level;
        }

        // Steps beyond the length do nothing: what they compare is in order.
        for (int step = 0, at = 0; step < steps; step += StepsAPass, at++)
        {
            TilePass pass = passes[at];
            int start = Slot(TilePass.StartOf(pass, Group.IdxX));
            int first = TilePass.FirstOf(pass);
            int second = TilePass.SecondOf(pass);
            int third = TilePass.ThirdOf(pass);
            RankItems loaded = RankItems.Load(upper, lower, start, first, second, third);
            loaded = RankItems.Step(loaded, TilePass.IsFirstMirrored(pass), TilePass.IsSecondMirrored(pass));
            RankItems.Store(loaded, upper, lower, start, first, second, third);
            Group.Barrier();
        }
    }

    /// <summary>
    /// Where the shared arrays hold a place. Half a warp's words of 8 bytes lie in different banks in every pass, and
    /// so do a warp's words of 4. The slot of places joined by exclusive or is their slots so joined.
    /// </summary>
    public static int Slot(int place) => place ^ ((place >> 2) & 7) ^ ((place >> 3) & 31);

    /// <summary>The steps of a pass: three of those that the levels take, each from its highest bit down.</summary>
    public static TilePass PassAt(int index)
    {
        int done = StepsAPass * index;
        int level = FirstLevel + 1;
        while (done >= level)
        {
            done -= level;
            level++;
        }

        int bit = level - 1 - done;
        bool entersNext = bit == 0;
        bool isFirst = bit == level - 1;
        level += entersNext ? 1 : 0;
        int mirror = (1 << level) - 1;
        int low = entersNext ? level - StepsAPass : bit - 2;
        int first = isFirst ? mirror : 1 << bit;
        int second = entersNext ? mirror : 2 << low;
        int third = (entersNext ? 2 : 1) << low;
        return TilePass.Of(Slot(first), Slot(second), Slot(third), (1 << low) - 1, isFirst, entersNext);
    }
}
