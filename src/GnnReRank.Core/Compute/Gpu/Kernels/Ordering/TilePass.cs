namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>Three steps of <see cref="TileSort"/>'s network, in 8 bytes that are read at once.</summary>
internal struct TilePass
{
    private const int SlotBits = 16;
    private const uint SlotMask = (1 << SlotBits) - 1;
    private const uint PlaceMask = 255;
    private const int FirstBit = 24;
    private const int SecondBit = 25;

    /// <summary>How far apart the elements of the first and of the second step are.</summary>
    public uint Distances;

    /// <summary>The same of the third step; which threads have neighbouring elements; which step is mirrored.</summary>
    public uint Others;

    public static TilePass Of(
        int first, int second, int third, int placeMask, bool isFirstMirrored, bool isSecondMirrored)
    {
        TilePass pass;
        pass.Distances = (uint)first | ((uint)second << SlotBits);
        pass.Others = (uint)third | ((uint)placeMask << SlotBits)
            | (isFirstMirrored ? 1u << FirstBit : 0u) | (isSecondMirrored ? 1u << SecondBit : 0u);
        return pass;
    }

    public static int FirstOf(TilePass pass) => (int)(pass.Distances & SlotMask);

    public static int SecondOf(TilePass pass) => (int)(pass.Distances >> SlotBits);

    public static int ThirdOf(TilePass pass) => (int)(pass.Others & SlotMask);

    public static bool IsFirstMirrored(TilePass pass) => (pass.Others & (1u << FirstBit)) != 0;

    /// <summary>Whether the second step is, and the first is of neighbours.</summary>
    public static bool IsSecondMirrored(TilePass pass) => (pass.Others & (1u << SecondBit)) != 0;

    /// <summary>The place of a thread's first element: its number with zeros where the steps' bits are.</summary>
    public static int StartOf(TilePass pass, int thread)
    {
        int place = thread & (int)((pass.Others >> SlotBits) & PlaceMask);
        return ((thread - place) << 3) + (place << (int)((pass.Others >> SecondBit) & 1));
    }
}
