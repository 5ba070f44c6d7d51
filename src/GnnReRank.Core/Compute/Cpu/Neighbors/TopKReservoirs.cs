using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>
/// The best neighbours of every vertex so far. Each row gathers candidates up to its capacity, then keeps the best by selection;
/// since (score, index) is a total order, what remains does not depend on the order in which candidates came.
/// </summary>
internal sealed unsafe class TopKReservoirs : IDisposable
{
    // Below this a selection runs too often; beyond, half as many again as are kept.
    private const int SmallestCapacity = 64;

    private readonly int _keep;
    private readonly int _capacity;
    private readonly NativeBuffer<ulong> _keys;
    private readonly NativeBuffer<int> _counts;
    private readonly NativeBuffer<float> _bounds;
    private readonly NativeBuffer<ulong> _floors;

    /// <param name="vertexCount">The number of rows.</param>
    /// <param name="keep">The candidates each row keeps: 0 to vertexCount - 1.</param>
    public TopKReservoirs(int vertexCount, int keep)
    {
        _keep = keep;
        _capacity = CapacityFor(vertexCount, keep);
        _keys = new NativeBuffer<ulong>((long)vertexCount * _capacity);
        _counts = new NativeBuffer<int>(vertexCount, zeroed: true);
        _floors = new NativeBuffer<ulong>(vertexCount, zeroed: true);
        _bounds = new NativeBuffer<float>(vertexCount);
        _bounds.AsSpan(vertexCount).Fill(keep == 0 ? float.PositiveInfinity : float.NegativeInfinity);
    }

    /// <summary>The lowest score of each row that may still enter.</summary>
    public float* Bounds => _bounds.Pointer;

    public static long BytesFor(int vertexCount, int keep) => (long)vertexCount * CapacityFor(vertexCount, keep) * sizeof(ulong);

    /// <summary>Offers a candidate whose score is at least the row's bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Offer(int row, float score, int candidate)
    {
        ulong key = SortableKey.BestIsLargest(score, candidate);
        if (key > _floors.Pointer[row])
        {
            Add(row, key);
        }
    }

    /// <summary>Writes a row's kept candidates, best first; the row must have been offered at least that many.</summary>
    public void WriteBest(int row, Span<int> indices, Span<float> scores)
    {
        Span<ulong> keys = new(_keys.Pointer + ((long)row * _capacity), _counts.Pointer[row]);
        keys.Sort();
        for (int rank = 0; rank < _keep; rank++)
        {
            ulong key = keys[keys.Length - 1 - rank];
            indices[rank] = (int)~(uint)key;
            scores[rank] = SortableKey.ToScore((uint)(key >> 32));
        }
    }

    public void Dispose()
    {
        _keys.Dispose();
        _counts.Dispose();
        _bounds.Dispose();
        _floors.Dispose();
    }

    private static int CapacityFor(int vertexCount, int keep) =>
        (int)Math.Min(vertexCount, Math.Max(SmallestCapacity, keep + ((long)keep / 2)));

    private void Add(int row, ulong key)
    {
        ulong* keys = _keys.Pointer + ((long)row * _capacity);
        int count = _counts.Pointer[row];
        keys[count++] = key;
        if (count == _capacity)
        {
            Selection.LargestFirst(keys, count, _keep);
            count = _keep;
            _floors.Pointer[row] = keys[_keep - 1];
            _bounds.Pointer[row] = SortableKey.ToScore((uint)(keys[_keep - 1] >> 32));
        }

        _counts.Pointer[row] = count;
    }
}
