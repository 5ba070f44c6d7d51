using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// Who would take a query into the first places of its list: it stands before all gallery rows, so it wins every tie
/// but that with the vertex itself, which is always first.
/// </summary>
internal sealed class ListBounds
{
    private readonly NeighborGraph _graph;
    private readonly int _width;
    private readonly float[] _least;

    /// <param name="graph">The gallery's lists.</param>
    /// <param name="width">The first places, at least 1.</param>
    public ListBounds(NeighborGraph graph, int width)
    {
        _graph = graph;
        _width = width;
        _least = new float[graph.VertexCount];
        if (width == 1)
        {
            Array.Fill(_least, float.PositiveInfinity);
            return;
        }

        for (int vertex = 0; vertex < _least.Length; vertex++)
        {
            _least[vertex] = LastOf(vertex) < 0 ? float.NegativeInfinity : graph.GetScoreSpan(vertex)[width - 1];
        }
    }

    /// <summary>The row in the last of the places, which gives way to a query; -1 where the list is shorter.</summary>
    public int LastOf(int vertex) => _width <= _graph.NeighborCount ? _graph.GetNeighborSpan(vertex)[_width - 1] : -1;

    /// <summary>Rows in the first places.</summary>
    public int LengthOf(int vertex)
    {
        ReadOnlySpan<int> row = _graph.GetNeighborSpan(vertex)[..Math.Min(_width, _graph.NeighborCount)];
        int padding = row.IndexOf(-1);
        return padding < 0 ? row.Length : padding;
    }

    /// <summary>Finds the vertices that take a query in, ascending.</summary>
    /// <param name="cosines">The query's cosine with each vertex; NaN for rows that were removed.</param>
    /// <param name="takers">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void FindTakers(float* cosines, RowSet takers)
    {
        int vertex = 0;
        fixed (float* least = _least)
        {
            for (; vertex + Vector512<float>.Count <= _least.Length; vertex += Vector512<float>.Count)
            {
                ulong takes = Vector512.GreaterThanOrEqual(
                    Vector512.Load(cosines + vertex), Vector512.Load(least + vertex)).ExtractMostSignificantBits();
                for (; takes != 0; takes &= takes - 1)
                {
                    takers.Add(vertex + BitOperations.TrailingZeroCount(takes));
                }
            }
        }

        for (; vertex < _least.Length; vertex++)
        {
            if (cosines[vertex] >= _least[vertex])
            {
                takers.Add(vertex);
            }
        }
    }
}
