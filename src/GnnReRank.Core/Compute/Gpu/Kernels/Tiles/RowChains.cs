using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Kernels.Tiles;

/// <summary>
/// Products of 64 rows, each with itself or with the first of them: a thread a product, each one chain over the depth
/// from 0, in the bits of <see cref="TileProduct"/>. The rows come in pieces of 32 values through the shared memory,
/// eight threads a row: whole lines are read. The next piece is on its way while one is multiplied.
/// </summary>
internal static class RowChains
{
    /// <summary>Threads of a group, and its rows.</summary>
    public const int Threads = 64;

    private const int PieceQuads = 8;

    // One more than a piece has: eight threads in sequence read eight rows from different banks.
    private const int Pitch = PieceQuads + 1;

    private const int RowStep = Threads / PieceQuads;

    /// <summary>Floats of shared memory, aligned to 16 bytes.</summary>
    public const int SharedLength = Threads * Pitch * 4;

    /// <summary>The place among the group's rows, for each of the eight rows whose pieces a thread brings.</summary>
    public static int Slot(int step) => (Group.IdxX >> 3) + (step * RowStep);

    /// <summary>Where a row begins that a thread brings, at the thread's part of it; below 0 for none.</summary>
    /// <param name="row">The row; below 0 for none.</param>
    /// <param name="stride">The length of a row.</param>
    public static long Start(int row, int stride) =>
        row < 0 ? -1 : (row * (long)(stride >> 2)) + (Group.IdxX & (PieceQuads - 1));

    /// <summary>Multiplies. All threads of the group come here, after a barrier, and leave after one.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="starts">By <see cref="Start"/>, of the rows in <see cref="Slot"/> 0 to 7.</param>
    /// <param name="stride">The length of a row, a multiple of 32.</param>
    /// <param name="other">The place of the row to multiply this thread's with; below 0 for no product.</param>
    /// <param name="shared">Room for the pieces.</param>
    public static float Multiply(
        ArrayView<float> rows, RowStarts starts, int stride, int other, ArrayView<float> shared)
    {
        ArrayView<Float4> source = rows.AsAligned(16).Cast<Float4>();
        ArrayView<Float4> pieces = shared.Cast<Float4>();
        int store = (Slot(0) * Pitch) + (Group.IdxX & (PieceQuads - 1));
        int ours = Group.IdxX * Pitch;
        int theirs = other * Pitch;
        int quads = stride >> 2;
        float sum = 0f;
        Pieces8 coming = Pieces8.Load(source, starts, 0);
        for (int depth = 0; depth < quads; depth += PieceQuads)
        {
            Pieces8.Store(coming, starts, pieces, store, RowStep * Pitch);
            Group.Barrier();
            if (depth + PieceQuads < quads)
            {
                coming = Pieces8.Load(source, starts, depth + PieceQuads);
            }

            if (other >= 0)
            {
                sum = Float4.Chain(sum, pieces[theirs], pieces[ours]);
                sum = Float4.Chain(sum, pieces[theirs + 1], pieces[ours + 1]);
                sum = Float4.Chain(sum, pieces[theirs + 2], pieces[ours + 2]);
                sum = Float4.Chain(sum, pieces[theirs + 3], pieces[ours + 3]);
                sum = Float4.Chain(sum, pieces[theirs + 4], pieces[ours + 4]);
                sum = Float4.Chain(sum, pieces[theirs + 5], pieces[ours + 5]);
                sum = Float4.Chain(sum, pieces[theirs + 6], pieces[ours + 6]);
                sum = Float4.Chain(sum, pieces[theirs + 7], pieces[ours + 7]);
            }

            Group.Barrier();
        }

        return sum;
    }
}
