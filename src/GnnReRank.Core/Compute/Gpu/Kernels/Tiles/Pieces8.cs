using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Tiles;

/// <summary>A thread's parts of eight rows, in registers, on the way from the rows to the shared memory.</summary>
internal struct Pieces8
{
    public Float4 P0;
    public Float4 P1;
    public Float4 P2;
    public Float4 P3;
    public Float4 P4;
    public Float4 P5;
    public Float4 P6;
    public Float4 P7;

    public static Pieces8 Load(ArrayView<Float4> rows, RowStarts starts, int depth)
    {
        Pieces8 pieces;
        pieces.P0 = Load(rows, starts.S0, depth);
        pieces.P1 = Load(rows, starts.S1, depth);
        pieces.P2 = Load(rows, starts.S2, depth);
        pieces.P3 = Load(rows, starts.S3, depth);
        pieces.P4 = Load(rows, starts.S4, depth);
        pieces.P5 = Load(rows, starts.S5, depth);
        pieces.P6 = Load(rows, starts.S6, depth);
        pieces.P7 = Load(rows, starts.S7, depth);
        return pieces;
    }

    public static void Store(Pieces8 pieces, RowStarts starts, ArrayView<Float4> target, int at, int step)
    {
        Store(pieces.P0, starts.S0, target, at);
        Store(pieces.P1, starts.S1, target, at + step);
        Store(pieces.P2, starts.S2, target, at + (2 * step));
        Store(pieces.P3, starts.S3, target, at + (3 * step));
        Store(pieces.P4, starts.S4, target, at + (4 * step));
        Store(pieces.P5, starts.S5, target, at + (5 * step));
        Store(pieces.P6, starts.S6, target, at + (6 * step));
        Store(pieces.P7, starts.S7, target, at + (7 * step));
    }

    private static Float4 Load(ArrayView<Float4> rows, long start, int depth) =>
        start < 0 ? default : rows[start + depth];

    private static void Store(Float4 piece, long start, ArrayView<Float4> target, int at)
    {
        if (start >= 0)
        {
            target[at] = piece;
        }
    }
}
