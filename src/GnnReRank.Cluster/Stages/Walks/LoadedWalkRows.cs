using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>
/// The matrix of a walk copied from the files of all shards, where it fits: walks come to its rows in no order, and large
/// pages make that cheaper than mapped ones are.
/// </summary>
internal readonly unsafe struct LoadedWalkRows : IWalkRows, IDisposable
{
    private readonly NativeBuffer<long> _offsets;
    private readonly NativeBuffer<int> _columns;
    private readonly NativeBuffer<float> _values;

    private LoadedWalkRows(NativeBuffer<long> offsets, NativeBuffer<int> columns, NativeBuffer<float> values) =>
        (_offsets, _columns, _values) = (offsets, columns, values);

    /// <summary>The bytes of a matrix.</summary>
    public static long BytesFor(long vertexCount, long entryCount) =>
        ((vertexCount + 1) * sizeof(long)) + (entryCount * (sizeof(int) + sizeof(float)));

    /// <summary>Copies all rows.</summary>
    /// <param name="mapped">Where they lie.</param>
    /// <param name="vertexCount">How many rows.</param>
    /// <param name="entryCount">Their entries in all.</param>
    /// <param name="cancellationToken">Checked often.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static LoadedWalkRows Of(
        MappedWalkRows mapped, int vertexCount, long entryCount, CancellationToken cancellationToken)
    {
        const int stretch = 1 << 16;
        LoadedWalkRows rows = new(new(vertexCount + 1L), new(entryCount), new(entryCount));
        long at = 0;
        for (int row = 0; row < vertexCount; row++)
        {
            if (row % stretch == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int length = mapped.Find(row, out int* columns, out float* values);
            rows._offsets.Pointer[row] = at;
            new ReadOnlySpan<int>(columns, length).CopyTo(new Span<int>(rows._columns.Pointer + at, length));
            new ReadOnlySpan<float>(values, length).CopyTo(new Span<float>(rows._values.Pointer + at, length));
            at += length;
        }

        rows._offsets.Pointer[vertexCount] = at;
        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int row, out int* columns, out float* values)
    {
        long* offsets = _offsets.Pointer + row;
        long start = *offsets;
        columns = _columns.Pointer + start;
        values = _values.Pointer + start;
        return (int)(offsets[1] - start);
    }

    public void Dispose()
    {
        _offsets.Dispose();
        _columns.Dispose();
        _values.Dispose();
    }
}
