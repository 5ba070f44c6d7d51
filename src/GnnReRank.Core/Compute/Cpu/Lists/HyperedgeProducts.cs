using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>
/// (1 + H^T C H) o H H^T o H^T H, H = I + B B and C the sum of the largest of each row of H. H itself is never held: a
/// product with it is two with B, which is far sparser.
/// </summary>
internal sealed unsafe class HyperedgeProducts : IListRound
{
    private const int Chunk = 64;

    private readonly WeighedLists _base;
    private readonly bool _stepsTwice;
    private readonly NativeBuffer<double> _confidences;

    /// <param name="incidence">B; disposed with this.</param>
    /// <param name="largest">How many of a row of H are summed.</param>
    /// <param name="stepsTwice">Whether (H H)^T takes the place of H^T H.</param>
    /// <param name="options">How the call runs.</param>
    public HyperedgeProducts(WeighedLists incidence, int largest, bool stepsTwice, ComputeOptions options)
    {
        (_base, _stepsTwice) = (incidence, stepsTwice);
        _confidences = new NativeBuffer<double>(incidence.Count);
        Workers.ForRanges(
            options.ThreadCount, incidence.Count, Chunk, () => new Similarity(this), (similarity, from, to) =>
            {
                for (int vertex = from; vertex < to; vertex++)
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                    _confidences.Pointer[vertex] = similarity.SumOfLargest(vertex, largest);
                }
            });
    }

    public IListSimilarity CreateSimilarity() => new Similarity(this);

    public void Dispose()
    {
        _base.Dispose();
        _confidences.Dispose();
    }

    private sealed class Similarity(HyperedgeProducts owner) : IListSimilarity
    {
        private readonly SparseVector _column = new(owner._base.Count);
        private readonly SparseVector _half = new(owner._base.Count);
        private readonly SparseVector _row = new(owner._base.Count);
        private readonly SparseVector _weighed = new(owner._base.Count);
        private readonly SparseVector _product = new(owner._base.Count);

        public double SumOfLargest(int vertex, int largest)
        {
            TakeRow(vertex);
            double[] values = new double[_row.Support.Length];
            for (int entry = 0; entry < values.Length; entry++)
            {
                values[entry] = _row[_row.Support[entry]];
            }

            _row.Clear();
            Array.Sort(values);
            double sum = 0;
            foreach (double value in values.AsSpan(Math.Max(0, values.Length - largest)))
            {
                sum += value;
            }

            return sum;
        }

        public void Take(int vertex, ReadOnlySpan<int> members, Span<double> similarities)
        {
            TakeRow(vertex);
            TakeColumn(vertex);
            foreach (int edge in _column.Support)
            {
                _weighed.Add(edge, _column[edge] * owner._confidences.Pointer[edge]);
            }

            AddTransposed(_weighed, _product);
            for (int place = 0; place < members.Length; place++)
            {
                similarities[place] = 1 + _product[members[place]];
            }

            _product.Clear();
            AddStraight(_row, _product);
            Multiply(members, similarities);
            if (owner._stepsTwice)
            {
                AddStraight(_column, _product);
            }
            else
            {
                AddTransposed(_column, _product);
            }

            Multiply(members, similarities);
            _weighed.Clear();
            _row.Clear();
            _column.Clear();
        }

        public void Dispose()
        {
            _column.Dispose();
            _half.Dispose();
            _row.Dispose();
            _weighed.Dispose();
            _product.Dispose();
        }

        /// <summary>H^T e, the vertex's row of H.</summary>
        private void TakeRow(int vertex)
        {
            _row.Add(vertex, 1);
            owner._base.AddRow(vertex, 1, _half);
            owner._base.AddRows(_half, _row);
            _half.Clear();
        }

        /// <summary>H e, the vertex's column of H.</summary>
        private void TakeColumn(int vertex)
        {
            _column.Add(vertex, 1);
            owner._base.AddColumn(vertex, 1, _half);
            owner._base.AddColumns(_half, _column);
            _half.Clear();
        }

        /// <summary>y += H x.</summary>
        private void AddStraight(SparseVector x, SparseVector y)
        {
            AddItself(x, y);
            owner._base.AddColumns(x, _half);
            owner._base.AddColumns(_half, y);
            _half.Clear();
        }

        /// <summary>y += H^T x.</summary>
        private void AddTransposed(SparseVector x, SparseVector y)
        {
            AddItself(x, y);
            owner._base.AddRows(x, _half);
            owner._base.AddRows(_half, y);
            _half.Clear();
        }

        private static void AddItself(SparseVector x, SparseVector y)
        {
            foreach (int element in x.Support)
            {
                y.Add(element, x[element]);
            }
        }

        private void Multiply(ReadOnlySpan<int> members, Span<double> similarities)
        {
            for (int place = 0; place < members.Length; place++)
            {
                similarities[place] *= _product[members[place]];
            }

            _product.Clear();
        }
    }
}
