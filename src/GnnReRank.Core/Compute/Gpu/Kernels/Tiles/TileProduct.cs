using ILGPU;

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

    // Two floats more than a tile is wide, so that the threads that store a column meet different banks.
    private const int Pitch = Size + 2;

    // A thread's columns lie so far apart: neighbouring threads read and write neighbouring banks.
    private const int ColumnStep = 16;

    /// <summary>Floats of shared memory for each of the two operands.</summary>
    public const int OperandLength = DepthStep * Pitch;

    // A tile leaves through the shared memory in so many parts.
    public const int Parts = 4;

    public const int PartRows = Size / Parts;

    /// <summary>Multiplies. All threads of the group come here.</summary>
    /// <param name="a">The rows of the tile's rows, from the first on.</param>
    /// <param name="b">The rows of the tile's columns, from the first on.</param>
    /// <param name="stride">The length of a row.</param>
    /// <param name="shared">Room for two operands.</param>
    public static Tile8 Multiply(ArrayView<float> a, ArrayView<float> b, int stride, ArrayView<float> shared)
    {
        int thread = Group.IdxX;
        int ours = (thread >> 4) * 8;
        int theirs = OperandLength + (thread & 15);
        Tile8 sum = default;
        for (int depth = 0; depth < stride; depth += DepthStep)
        {
            for (int step = 0; step < Size * DepthStep / Threads; step++)
            {
                int element = thread + (step * Threads);
                int row = element >> 4;
                int column = element & 15;
                long source = ((long)row * stride) + depth + column;
                shared[(column * Pitch) + row] = a[source];
                shared[OperandLength + (column * Pitch) + row] = b[source];
            }

            Group.Barrier();
            for (int k = 0; k < DepthStep; k++)
            {
                sum = Tile8.MultiplyAdd(sum, LoadRows(shared, ours + (k * Pitch)), LoadColumns(shared, theirs + (k * Pitch)));
            }

            Group.Barrier();
        }

        return sum;
    }

    /// <summary>Stores one part of the tile, 32 x 128 row-major, into the operands' room; the caller puts barriers before and after.</summary>
    public static void StorePart(Tile8 tile, int part, ArrayView<float> shared)
    {
        int first = (Group.IdxX >> 4) * 8;
        if (first / PartRows != part)
        {
            return;
        }

        int target = ((first % PartRows) * Size) + (Group.IdxX & 15);
        Store(tile.R0, shared, target);
        Store(tile.R1, shared, target + Size);
        Store(tile.R2, shared, target + (2 * Size));
        Store(tile.R3, shared, target + (3 * Size));
        Store(tile.R4, shared, target + (4 * Size));
        Store(tile.R5, shared, target + (5 * Size));
        Store(tile.R6, shared, target + (6 * Size));
        Store(tile.R7, shared, target + (7 * Size));
    }

    private static Lane8 LoadRows(ArrayView<float> shared, int at)
    {
        Lane8 lane;
        lane.C0 = shared[at];
        lane.C1 = shared[at + 1];
        lane.C2 = shared[at + 2];
        lane.C3 = shared[at + 3];
        lane.C4 = shared[at + 4];
        lane.C5 = shared[at + 5];
        lane.C6 = shared[at + 6];
        lane.C7 = shared[at + 7];
        return lane;
    }

    private static Lane8 LoadColumns(ArrayView<float> shared, int at)
    {
        Lane8 lane;
        lane.C0 = shared[at];
        lane.C1 = shared[at + ColumnStep];
        lane.C2 = shared[at + (2 * ColumnStep)];
        lane.C3 = shared[at + (3 * ColumnStep)];
        lane.C4 = shared[at + (4 * ColumnStep)];
        lane.C5 = shared[at + (5 * ColumnStep)];
        lane.C6 = shared[at + (6 * ColumnStep)];
        lane.C7 = shared[at + (7 * ColumnStep)];
        return lane;
    }

    private static void Store(Lane8 lane, ArrayView<float> shared, int at)
    {
        shared[at] = lane.C0;
        shared[at + ColumnStep] = lane.C1;
        shared[at + (2 * ColumnStep)] = lane.C2;
        shared[at + (3 * ColumnStep)] = lane.C3;
        shared[at + (4 * ColumnStep)] = lane.C4;
        shared[at + (5 * ColumnStep)] = lane.C5;
        shared[at + (6 * ColumnStep)] = lane.C6;
        shared[at + (7 * ColumnStep)] = lane.C7;
    }
}
