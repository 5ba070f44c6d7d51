using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>
/// F + F^T within the lists, F a weight for each of the first places: what either side's place in the other's list is
/// worth.
/// </summary>
internal sealed class PlaceSums : IListRound
{
    private readonly SparseRows _columns;
    private readonly PlaceWeights _weights;

    /// <param name="lists">The lists.</param>
    /// <param name="weights">The weights of their first places; disposed with this.</param>
    /// <param name="memory">What is charged.</param>
    /// <param name="options">How the call runs.</param>
    public PlaceSums(ListTable lists, PlaceWeights weights, ListMemory memory, ComputeOptions options)
    {
        _weights = weights;
        using SparseRows rows = lists.Places(weights.Count);
        _columns = SparseTranspose.Of(rows, memory.Storage("The lists, by member,"), options);
    }

    public IListSimilarity CreateSimilarity() => new Similarity(this);

    public void Dispose()
    {
        _columns.Dispose();
        _weights.Dispose();
    }

    private sealed unsafe class Similarity(PlaceSums owner) : IListSimilarity
    {
        private readonly NativeBuffer<double> _others = new(owner._columns.Count, zeroed: true);

        public void Take(int vertex, ReadOnlySpan<int> members, Span<double> similarities)
        {
            int* rows = owner._columns.Indices(vertex);
            float* places = owner._columns.Values(vertex);
            int length = owner._columns.Length(vertex);
            for (int entry = 0; entry < length; entry++)
            {
                _others.Pointer[rows[entry]] = owner._weights[(int)places[entry]];
            }

            for (int place = 0; place < members.Length; place++)
            {
                double own = place < owner._weights.Count ? owner._weights[place] : 0;
                similarities[place] = own + _others.Pointer[members[place]];
            }

            for (int entry = 0; entry < length; entry++)
            {
                _others.Pointer[rows[entry]] = 0;
            }
        }

        public void Dispose() => _others.Dispose();
    }
}
