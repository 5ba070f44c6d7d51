using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>2 (P^T P + Q Q^T), Q being P without its diagonal: who refers to both, and to whom both refer.</summary>
/// <param name="references">P.</param>
internal sealed class ReferenceProducts(WeighedLists references) : IListRound
{
    public IListSimilarity CreateSimilarity() => new Similarity(references);

    public void Dispose() => references.Dispose();

    private sealed class Similarity(WeighedLists references) : IListSimilarity
    {
        private readonly SparseVector _factor = new(references.Count);
        private readonly SparseVector _sums = new(references.Count);

        public void Take(int vertex, ReadOnlySpan<int> members, Span<double> similarities)
        {
            references.AddColumn(vertex, 1, _factor);
            references.AddRows(_factor, _sums);
            for (int place = 0; place < members.Length; place++)
            {
                similarities[place] = _sums[members[place]];
            }

            _factor.Clear();
            _sums.Clear();
            references.AddRow(vertex, 1, _factor);
            foreach (int reference in _factor.Support)
            {
                if (reference != vertex)
                {
                    references.AddColumn(reference, _factor[reference], _sums);
                }
            }

            for (int place = 0; place < members.Length; place++)
            {
                // P has a member's weight for itself, Q has none: where the member is a reference, that much is too
                // much.
                int member = members[place];
                double itself = member == vertex ? 0 : _factor[member] * references.SelfWeight;
                similarities[place] = 2 * (similarities[place] + _sums[member] - itself);
            }

            _factor.Clear();
            _sums.Clear();
        }

        public void Dispose()
        {
            _factor.Dispose();
            _sums.Dispose();
        }
    }
}
