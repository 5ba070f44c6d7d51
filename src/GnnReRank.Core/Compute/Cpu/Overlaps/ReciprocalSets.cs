using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>For every vertex the rows that have it among their nearest as it has them.</summary>
internal sealed class ReciprocalSets
{
    private const int Chunk = 256;

    private readonly int _width;
    private readonly int[] _rows;
    private readonly int[] _lengths;

    private ReciprocalSets(int vertexCount, int width)
    {
        _width = width;
        _rows = new int[(long)vertexCount * width];
        _lengths = new int[vertexCount];
    }

    /// <summary>The set of a vertex, in the order of its list.</summary>
    public ReadOnlySpan<int> Of(int vertex) => _rows.AsSpan(vertex * _width, _lengths[vertex]);

    /// <summary>Finds all sets.</summary>
    /// <param name="nearest">The nearest of each vertex, itself first.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ReciprocalSets Of(ListStretch nearest, ComputeOptions options)
    {
        int count = nearest.Lists.VertexCount;
        ReciprocalSets sets = new(count, Math.Min(nearest.Count, nearest.Lists.NeighborCount));
        Workers.ForRanges(options.ThreadCount, count, Chunk, (from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            MemberList members = new();
            for (int vertex = from; vertex < to; vertex++)
            {
                members.Clear();
                nearest.AddReciprocal(vertex, members);
                members.Rows.CopyTo(sets._rows.AsSpan(vertex * sets._width));
                sets._lengths[vertex] = members.Count;
            }
        });
        return sets;
    }
}
