using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GnnReRank.Compute.Walks;

/// <summary>All rows one after the other, in pinned arrays.</summary>
internal readonly unsafe struct WholeRows : IWalkRows
{
    private readonly int* _offsets;
    private readonly int* _columns;
    private readonly float* _values;

    // Held so that the collector leaves its arrays.
    private readonly TransitionMatrix _matrix;

    public WholeRows(TransitionMatrix matrix)
    {
        _matrix = matrix;
        _offsets = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(matrix.Offsets, 0);
        _columns = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(matrix.Columns, 0);
        _values = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(matrix.Values, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int row, out int* columns, out float* values)
    {
        int start = _offsets[row];
        columns = _columns + start;
        values = _values + start;
        return _offsets[row + 1] - start;
    }
}
