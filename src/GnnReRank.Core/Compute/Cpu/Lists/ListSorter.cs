using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Ordering;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>
/// Sorts a list by similarity, ties in the order that the list had; the vertex itself stays first. One thread's.
/// Similarities are summed in double precision and compared in single: sums that are equal but for the order of their
/// terms tie.
/// </summary>
internal sealed class ListSorter(IListSimilarity similarity, int width) : IDisposable
{
    private readonly NativeBuffer<double> _similarities = new(width);
    private readonly NativeBuffer<ulong> _keys = new(width);
    private readonly NativeBuffer<int> _members = new(width);

    /// <summary>A list's similarities, valid until the next call.</summary>
    public ReadOnlySpan<double> Take(int vertex, ReadOnlySpan<int> list)
    {
        Span<double> similarities = _similarities.AsSpan(list.Length);
        similarity.Take(vertex, list, similarities);
        return similarities;
    }

    /// <summary>Sorts a list in place.</summary>
    public void Sort(int vertex, Span<int> list)
    {
        ReadOnlySpan<double> similarities = Take(vertex, list);
        Span<ulong> keys = _keys.AsSpan(list.Length - 1);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = SortableKey.BestIsSmallest((float)similarities[i + 1], i + 1);
        }

        keys.Sort();
        Span<int> members = _members.AsSpan(list.Length);
        list.CopyTo(members);
        for (int i = 0; i < keys.Length; i++)
        {
            list[i + 1] = members[(int)(uint)keys[i]];
        }
    }

    public void Dispose()
    {
        similarity.Dispose();
        _similarities.Dispose();
        _keys.Dispose();
        _members.Dispose();
    }
}
