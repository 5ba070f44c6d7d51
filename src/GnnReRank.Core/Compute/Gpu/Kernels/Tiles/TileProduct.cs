using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Kernels.Tiles;

/// <summary>
/// The product of 128 rows with 128 rows by 256 threads, 8 x 8 sums each; every sum is one chain over the depth from 0.
/// </summary>
internal static class TileProduct
{
    /// <summary>Rows and columns of a tile.</summary>
    public const int Size = 128;

    /// <summary>Threads of a group.</summary>
    public const int Threads = 256;

    /// <summary>Row lengths are a multiple of this.</summary>
    public const int DepthStep = 16;

    // The depth of a stage: one quad of each operand a thread. Two stages: one is filled while the other is multiplied.
    private const int StageDepth = 8;
    private const int StageQuads = StageDepth / 4;

    // A quad more than a tile is wide: what a warp stores of two quads of sixteen rows meets different banks.
    private const int Pitch = Size + 4;
    private const int PitchQuads = Pitch / 4;
    private const int OperandLength = StageDepth * Pitch;
    private const int StageLength = 2 * OperandLength;

    // A thread has two quads of columns so far apart: threads in sequence read quads in sequence.
    private const int QuadStep = Size / 8;

    /// <summary>Floats of shared memory, aligned to 16 bytes: a part of the tile, and 128 more.</summary>
    public const int SharedLength = 2 * StageLength;

    // A tile leaves through the shared memory in so many parts.
    public const int Parts = 4;

    public const int PartRows = Size / Parts;

    /// <summary>Multiplies. All threads of the group come here, and leave after a barrier.</summary>
    /// <param name="a">The rows of the tile's rows, from the first on, aligned to 16 bytes.</param>
    /// <param name="b">The rows of the tile's columns, from the first on, aligned to 16 bytes.</param>
    /// <param name="stride">The length of a row.</param>
    /// <param name="shared">Room for the stages.</param>
    public static Tile8 Multiply(ArrayView<float> a, ArrayView<float> b, int stride, ArrayView<float> shared)
    {
        ArrayView<Float4> rows = a.AsAligned(16).Cast<Float4>();
        ArrayView<Float4> columns = b.AsAligned(16).Cast<Float4>();
        int thread = Group.IdxX;
        int quads = stride >> 2;
        int source = ((thread >> 1) * quads) + (thread & 1);
        int store = ((thread & 1) * 4 * Pitch) + (thread >> 1);
        int ours = (thread >> 4) * 8;
        int theirs = OperandLength + ((thread & 15) * 4);
        int stage = 0;
        Tile8 sum = default;
        StoreQuad(rows[source], shared, store);
        StoreQuad(columns[source], shared, store + OperandLength);
        Group.Barrier();
        for (int depth = StageQuads; depth < quads; depth += StageQuads)
        {
            Float4 row = rows[source + depth];
            Float4 column = columns[source + depth];
            sum = MultiplyStage(sum, shared, stage + ours, stage + theirs);
            stage = StageLength - stage;
            StoreQuad(row, shared, stage + store);
            StoreQuad(column, shared, stage + store + OperandLength);
            Group.Barrier();
        }

        sum = MultiplyStage(sum, shared, stage + ours, stage + theirs);
        Group.Barrier();
        return sum;
    }

    /// <summary>
    /// Stores one part of the tile, 32 x 128 row-major, into the stages' room; the caller puts barriers before and
    /// after.
    /// </summary>
    public static void StorePart(Tile8 tile, int part, ArrayView<float> shared)
    {
        int first = (Group.IdxX >> 4) * 8;
        if (first / PartRows != part)
        {
            return;
        }

        ArrayView<Float4> quads = shared.Cast<Float4>();
        int target = (((first % PartRows) * Size) / 4) + (Group.IdxX & 15);
        Store(tile.R0, quads, target);
        Store(tile.R1, quads, target + (Size / 4));
        Store(tile.R2, quads, target + (2 * Size / 4));
        Store(tile.R3, quads, target + (3 * Size / 4));
        Store(tile.R4, quads, target + (4 * Size / 4));
        Store(tile.R5, quads, target + (5 * Size / 4));
        Store(tile.R6, quads, target + (6 * Size / 4));
        Store(tile.R7, quads, target + (7 * Size / 4));
    }

    // Written out: views that begin at the thread's place leave constants for the loads.
    private static Tile8 MultiplyStage(Tile8 sum, ArrayView<float> shared, int ours, int theirs)
    {
        ArrayView<Float4> rows = shared.SubView(ours, OperandLength - Size + 8).AsAligned(16).Cast<Float4>();
        ArrayView<Float4> columns = shared.SubView(theirs, OperandLength - (Size / 2) + 4).AsAligned(16).Cast<Float4>();
        sum = Tile8.MultiplyAdd(sum, Load(rows, 0, 1), Load(columns, 0, QuadStep));
        sum = Tile8.MultiplyAdd(sum, Load(rows, PitchQuads, 1), Load(columns, PitchQuads, QuadStep));
        sum = Tile8.MultiplyAdd(sum, Load(rows, 2 * PitchQuads, 1), Load(columns, 2 * PitchQuads, QuadStep));
        sum = Tile8.MultiplyAdd(sum, Load(rows, 3 * PitchQuads, 1), Load(columns, 3 * PitchQuads, QuadStep));
        sum = Tile8.MultiplyAdd(sum, Load(rows, 4 * PitchQuads, 1), Load(columns, 4 * PitchQuads, QuadStep));
        sum = Tile8.MultiplyAdd(sum, Load(rows, 5 * PitchQuads, 1), Load(columns, 5 * PitchQuads, QuadStep));
        sum = Tile8.MultiplyAdd(sum, Load(rows, 6 * PitchQuads, 1), Load(columns, 6 * PitchQuads, QuadStep));
        return Tile8.MultiplyAdd(sum, Load(rows, 7 * PitchQuads, 1), Load(columns, 7 * PitchQuads, QuadStep));
    }

    /// <summary>Stores four values of a row, a column each.</summary>
    private static void StoreQuad(Float4 quad, ArrayView<float> shared, int at)
    {
        shared[at] = quad.X;
        shared[at + Pitch] = quad.Y;
        shared[at + (2 * Pitch)] = quad.Z;
        shared[at + (3 * Pitch)] = quad.W;
    }

    private static Lane8 Load(ArrayView<Float4> quads, int at, int step)
    {
        Float4 first = quads[at];
        Float4 second = quads[at + step];
        Lane8 lane;
        lane.C0 = first.X;
        lane.C1 = first.Y;
        lane.C2 = first.Z;
        lane.C3 = first.W;
        lane.C4 = second.X;
        lane.C5 = second.Y;
        lane.C6 = second.Z;
        lane.C7 = second.W;
        return lane;
    }

    private static void Store(Lane8 lane, ArrayView<Float4> quads, int at)
    {
        Float4 quad;
        quad.X = lane.C0;
        quad.Y = lane.C1;
        quad.Z = lane.C2;
        quad.W = lane.C3;
        quads[at] = quad;
        quad.X = lane.C4;
        quad.Y = lane.C5;
        quad.Z = lane.C6;
        quad.W = lane.C7;
        quads[at + QuadStep] = quad;
    }
}
