using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Compute.Cpu.Walks;

/// <summary>
/// The vertices that a walk can have come to, which grow by a ring of neighbours each step. One thread's.
/// </summary>
internal sealed unsafe class WalkReach : IDisposable
{
    private readonly NativeBuffer<byte> _isReached;
    private readonly NativeBuffer<int> _vertices;
    private int _expanded;

    public WalkReach(int vertexCount)
    {
        _isReached = new NativeBuffer<byte>(vertexCount, zeroed: true);
        _vertices = new NativeBuffer<int>((long)vertexCount + 1);
    }

    /// <summary>The vertices reached, in the order in which they were.</summary>
    public int* Vertices => _vertices.Pointer;

    public int Count { get; private set; }

    public void Add(int vertex)
    {
        _vertices.Pointer[Count] = vertex;
        Count += 1 - _isReached.Pointer[vertex];
        _isReached.Pointer[vertex] = 1;
    }

    /// <summary>Adds the neighbours of those that the last call added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Expand<TRows>(TRows matrix)
        where TRows : struct, IWalkRows
    {
        int count = Count;
        int* vertices = _vertices.Pointer;
        byte* isReached = _isReached.Pointer;
        for (int end = count; _expanded < end; _expanded++)
        {
            int length = matrix.Find(vertices[_expanded], out int* columns, out _);
            for (int entry = 0; entry < length; entry++)
            {
                int neighbor = columns[entry];
                vertices[count] = neighbor;
                count += 1 - isReached[neighbor];
                isReached[neighbor] = 1;
            }
        }

        Count = count;
    }

    public void Clear()
    {
        for (int at = 0; at < Count; at++)
        {
            _isReached.Pointer[_vertices.Pointer[at]] = 0;
        }

        (Count, _expanded) = (0, 0);
    }

    public void Dispose()
    {
        _isReached.Dispose();
        _vertices.Dispose();
    }
}
