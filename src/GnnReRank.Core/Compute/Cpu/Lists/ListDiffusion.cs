using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>
/// R = alpha mask(R' W'^T) + (1 - alpha) I, so many times from R = W, a prime for columns that sum to 1, the mask the
/// first half of each list; then the similarity R' mask(R' R'), the mask the whole list.
/// </summary>
internal sealed unsafe class ListDiffusion : IListRound
{
    private const int Chunk = 64;

    private readonly ListTable _lists;
    private readonly ListDiffusionRecipe _recipe;
    private readonly ListMemory _memory;
    private readonly ComputeOptions _options;
    private readonly StageReporter _reporter;
    private SparseRows _state;
    private NativeBuffer<double> _scales;
    private SparseRows? _squared;

    /// <param name="lists">The lists, which stay as they are.</param>
    /// <param name="recipe">The weights and the rounds.</param>
    /// <param name="memory">What is charged.</param>
    /// <param name="reporter">Counts rows: those of each round, and as many again.</param>
    /// <param name="options">How the call runs.</param>
    public ListDiffusion(
        ListTable lists, ListDiffusionRecipe recipe, ListMemory memory, StageReporter reporter, ComputeOptions options)
    {
        (_lists, _recipe, _memory, _reporter, _options) = (lists, recipe, memory, reporter, options);
        int references = Math.Min(recipe.ReferenceCount, lists.Width);
        using NativeBuffer<float> weights = new(references);
        for (int place = 0; place < references; place++)
        {
            weights.Pointer[place] = (float)Math.Pow(recipe.ReferenceDecay, place + 1);
        }

        using SparseRows start = lists.Rows(references, weights.Pointer);
        _state = start;
        _scales = InverseColumnSums(start);
        try
        {
            Diffuse(start);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IListSimilarity CreateSimilarity() => new Similarity(this);

    public void Dispose()
    {
        _state.Dispose();
        _scales.Dispose();
        _squared?.Dispose();
    }

    private void Diffuse(SparseRows start)
    {
        using NativeBuffer<double> startScales = InverseColumnSums(start);
        using SparseRows columns = SparseTranspose.Of(start, _memory.Storage("The references, by member,"), _options);
        for (int round = 1; round <= _recipe.RoundCount; round++)
        {
            SparseRows next = Masked(
                $"Round {round} of {_recipe.RoundCount}", _recipe.HalfLength,
                (vertex, sum) => AddProduct(vertex, columns, startScales.Pointer, sum),
                (member, vertex, sum) => (_recipe.Damping * sum) + (member == vertex ? 1 - _recipe.Damping : 0));
            _state.Dispose();
            _scales.Dispose();
            _state = next;
            _scales = InverseColumnSums(next);
        }

        _squared = Masked(
            "The square of the last round", _lists.Width, (vertex, sum) => AddProduct(vertex, _state, null, sum),
            (member, _, sum) => sum * _scales.Pointer[member]);
    }

    /// <summary>sum += the vertex's row of R' times a matrix, whose rows may have scales.</summary>
    private void AddProduct(int vertex, SparseRows matrix, double* scales, SparseVector sum)
    {
        int* indices = _state.Indices(vertex);
        float* values = _state.Values(vertex);
        for (int entry = 0; entry < _state.Length(vertex); entry++)
        {
            int row = indices[entry];
            double value = values[entry] * _scales.Pointer[row];
            sum.AddRow(matrix, row, scales is null ? value : value * scales[row]);
        }
    }

    /// <summary>Sums every row and keeps of it what the first members of the vertex's list have.</summary>
    private SparseRows Masked(
        string what, int width, Action<int, SparseVector> sum, Func<int, int, double, double> finish)
    {
        SparseStorage storage = _memory.Storage(what);
        SparseRows rows = new(_lists.Count, storage);
        try
        {
            Workers.ForRanges(
                _options.ThreadCount, _lists.Count, Chunk, () => new Worker(_lists.Count, storage),
                (worker, from, to) =>
                {
                    for (int vertex = from; vertex < to; vertex++)
                    {
                        _options.CancellationToken.ThrowIfCancellationRequested();
                        sum(vertex, worker.Sum);
                        worker.Keep(vertex, _lists[vertex], width, finish, rows);
                    }

                    _reporter.Advance(to - from);
                });
        }
        catch
        {
            rows.Dispose();
            throw;
        }

        return rows;
    }

    /// <summary>1 / sum of each column, summed over ascending rows; 0 for a column of zeros.</summary>
    private static NativeBuffer<double> InverseColumnSums(SparseRows rows)
    {
        NativeBuffer<double> sums = new(rows.Count, zeroed: true);
        for (int row = 0; row < rows.Count; row++)
        {
            int* indices = rows.Indices(row);
            float* values = rows.Values(row);
            for (int entry = 0; entry < rows.Length(row); entry++)
            {
                sums.Pointer[indices[entry]] += values[entry];
            }
        }

        for (int column = 0; column < rows.Count; column++)
        {
            sums.Pointer[column] = sums.Pointer[column] > 0 ? 1 / sums.Pointer[column] : 0;
        }

        return sums;
    }

    private sealed class Worker(int count, SparseStorage storage) : IDisposable
    {
        private readonly RowArena _arena = new(storage);

        public SparseVector Sum { get; } = new(count);

        public void Keep(
            int vertex, ReadOnlySpan<int> list, int width, Func<int, int, double, double> finish, SparseRows rows)
        {
            list = list[..Math.Min(width, list.Length)];
            int length = 0;
            foreach (int member in list)
            {
                length += finish(member, vertex, Sum[member]) > 0 ? 1 : 0;
            }

            _arena.Reserve(length, out int* indices, out float* values);
            int entry = 0;
            foreach (int member in list)
            {
                double value = finish(member, vertex, Sum[member]);
                if (value > 0)
                {
                    indices[entry] = member;
                    values[entry++] = (float)value;
                }
            }

            rows.SetRow(vertex, indices, values, length);
            Sum.Clear();
        }

        public void Dispose()
        {
            Sum.Dispose();
            _arena.Dispose();
        }
    }

    private sealed class Similarity(ListDiffusion owner) : IListSimilarity
    {
        private readonly SparseVector _sum = new(owner._lists.Count);

        public void Take(int vertex, ReadOnlySpan<int> members, Span<double> similarities)
        {
            owner.AddProduct(vertex, owner._squared!, null, _sum);
            for (int place = 0; place < members.Length; place++)
            {
                similarities[place] = _sum[members[place]];
            }

            _sum.Clear();
        }

        public void Dispose() => _sum.Dispose();
    }
}
