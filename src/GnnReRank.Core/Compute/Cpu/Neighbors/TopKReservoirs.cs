using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Ordering;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>
/// The best neighbours of every vertex so far. Each row gathers candidates up to its capacity, then keeps the best by selection;
/// since (score, index) is a total order, what remains does not depend on the order in which candidates came.
/// </summary>
/// <remarks>
/// Where scores are off by up to some bound, a row keeps whatever lies within a margin of twice that bound below its k-th best: the
/// true best are among them. A row that has no room for them all is given up, and must be searched in another way.
/// </remarks>
internal sealed unsafe class TopKReservoirs : IDisposable
{
    // Room for what comes between two selections and for what the margin keeps.
    private const int UsualCapacity = 96;
    private const int MarginRoom = 32;

    // A row with less room left than this after a selection would run one at nearly every candidate.
    private const int LeastRoom = 8;

    private readonly int _vertexCount;
    private readonly int _keep;
    private readonly float _margin;
    private readonly int _capacity;
    private readonly NativeBuffer<ulong> _keys;
    private readonly NativeBuffer<int> _counts;
    private readonly NativeBuffer<float> _bounds;
    private readonly NativeBuffer<ulong> _floors;
    private int _givenUp;

    /// <param name="vertexCount">The number of rows.</param>
    /// <param name="keep">The candidates each row keeps: 0 to one less than there are candidates.</param>
    /// <param name="margin">How far below the k-th best score a candidate may still be one of the best: 0 for exact scores.</param>
    /// <param name="smallestCapacity">The least room a row has for candidates.</param>
    /// <param name="candidateCount">The rows that may be candidates; null where they are the rows themselves.</param>
    public TopKReservoirs(
        int vertexCount, int keep, float margin, int smallestCapacity = UsualCapacity, int? candidateCount = null)
    {
        _vertexCount = vertexCount;
        _keep = keep;
        _margin = margin;
        _capacity = CapacityFor(candidateCount ?? vertexCount, keep, smallestCapacity);
        _keys = new NativeBuffer<ulong>((long)vertexCount * _capacity);
        _counts = new NativeBuffer<int>(vertexCount, zeroed: true);
        _floors = new NativeBuffer<ulong>(vertexCount, zeroed: true);
        _bounds = new NativeBuffer<float>(vertexCount);
        _bounds.AsSpan(vertexCount).Fill(keep == 0 ? float.PositiveInfinity : float.NegativeInfinity);
    }

    /// <summary>The lowest score of each row that may still enter.</summary>
    public float* Bounds => _bounds.Pointer;

    /// <summary>The number of rows given up.</summary>
    public int GivenUpCount => Volatile.Read(ref _givenUp);

    public static long BytesFor(int vertexCount, int keep, int smallestCapacity = UsualCapacity) =>
        (long)vertexCount * CapacityFor(vertexCount, keep, smallestCapacity) * sizeof(ulong);

    /// <summary>Whether a row has been given up.</summary>
    public bool IsGivenUp(int row) => _counts.Pointer[row] < 0;

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

    /// <summary>Turns away what is worse than a key, with the margin; before any candidate is offered.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="key">The key; 0 turns away none.</param>
    public void Raise(int row, ulong key)
    {
        if (key != 0 && _keep > 0)
        {
            _floors.Pointer[row] = _margin > 0 ? FloorBelow(key) : key;
            _bounds.Pointer[row] = SortableKey.ScoreOfBest(_margin > 0 ? FloorBelow(key) + 1 : key);
        }
    }

    /// <summary>Takes the candidates of reservoirs of the same rows that met others; a row given up there is given up here.</summary>
    public void Merge(TopKReservoirs other)
    {
        for (int row = 0; row < _vertexCount; row++)
        {
            if (other.IsGivenUp(row))
            {
                GiveUp(row);
                continue;
            }

            foreach (ulong key in new ReadOnlySpan<ulong>(other._keys.Pointer + ((long)row * other._capacity), other._counts.Pointer[row]))
            {
                if (key > _floors.Pointer[row])
                {
                    Add(row, key);
                }
            }
        }
    }

    /// <summary>A row's keys, best first: those kept, and after them whatever the margin has kept too. A row that was offered fewer has those.</summary>
    public ReadOnlySpan<ulong> Best(int row)
    {
        Span<ulong> keys = new(_keys.Pointer + ((long)row * _capacity), _counts.Pointer[row]);
        keys.Sort();
        keys.Reverse();
        int count = Math.Min(_keep, keys.Length);
        if (count > 0 && _margin > 0 && count == _keep)
        {
            ulong floor = FloorBelow(keys[_keep - 1]);
            while (count < keys.Length && keys[count] > floor)
            {
                count++;
            }
        }

        return keys[..count];
    }

    public void Dispose()
    {
        _keys.Dispose();
        _counts.Dispose();
        _bounds.Dispose();
        _floors.Dispose();
    }

    private static int CapacityFor(int candidateCount, int keep, int smallestCapacity) =>
        (int)Math.Min(candidateCount, Math.Max(smallestCapacity, keep + ((long)keep / 2) + MarginRoom));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int row, ulong key)
    {
        ulong* keys = _keys.Pointer + ((long)row * _capacity);
        int count = _counts.Pointer[row];
        keys[count++] = key;
        if (count == _capacity)
        {
            PartialSort.LargestFirst(keys, count, _keep);
            count = _margin > 0 ? KeepWithinMargin(row, keys, count) : KeepExactly(row, keys);
        }

        _counts.Pointer[row] = count;
    }

    private int KeepExactly(int row, ulong* keys)
    {
        _floors.Pointer[row] = keys[_keep - 1];
        _bounds.Pointer[row] = SortableKey.ScoreOfBest(keys[_keep - 1]);
        return _keep;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int KeepWithinMargin(int row, ulong* keys, int count)
    {
        ulong floor = Math.Max(FloorBelow(keys[_keep - 1]), _floors.Pointer[row]);
        int kept = _keep;
        for (int position = _keep; position < count; position++)
        {
            if (keys[position] > floor)
            {
                keys[kept++] = keys[position];
            }
        }

        if (kept > _capacity - LeastRoom)
        {
            GiveUp(row);
            return -1;
        }

        _floors.Pointer[row] = floor;
        _bounds.Pointer[row] = SortableKey.ScoreOfBest(floor + 1);
        return kept;
    }

    private void GiveUp(int row)
    {
        if (!IsGivenUp(row))
        {
            _bounds.Pointer[row] = float.PositiveInfinity;
            _floors.Pointer[row] = ulong.MaxValue;
            _counts.Pointer[row] = -1;
            Interlocked.Increment(ref _givenUp);
        }
    }

    /// <summary>The largest key of a score more than the margin below a key's.</summary>
    private ulong FloorBelow(ulong key) => ((ulong)SortableKey.Of(SortableKey.ScoreOfBest(key) - _margin) << 32) - 1;
}
