using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// Residual layers for lists of which some have changed: norms are made anew of rows that hang on these, by the sums
/// that all rows are made by.
/// </summary>
internal static class ResidualUpdate
{
    private const int Chunk = 16;

    /// <summary>What would be made afresh, to the bit.</summary>
    /// <exception cref="GnnReRankException">It outgrows the memory.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ResidualSingles Of(
        ResidualSingles before, GalleryLists lists, ReadOnlySpan<int> changed, ComputeOptions options)
    {
        int count = lists.Graph.VertexCount;
        MemoryBudget budget = MemoryBudget.OfMachine();
        StageReporter reporter = new(StageNames.Messages, count, StageUnits.LayerRows, options);
        MatrixUpdate update = new(before, lists.Graph, changed, budget);
        ResidualMatrices matrices = update.Make(reporter, options);
        RowSet[] stale = StaleRows(before, update, matrices);
        NativeBuffer<float>[] norms = [.. before.Norms.Select(kept => Grown(kept, count))];
        MessageLayer first = new(matrices.Start, mirror: null, matrices.Edges, residual: true);
        RowProducts? products = null;
        if (norms.Length == 1)
        {
            Renew(norms[0], stale[0], first, options);
        }
        else
        {
            using SparseStorage storage = new(budget, "Layer 1", count);
            using SparseRows state = FirstLayer(norms[0], stale, first, storage, options);
            products = before.Products?.Grown(count);
            if (products is null)
            {
                MessageLayer second = new(state, mirror: null, matrices.Edges, residual: true);
                Renew(norms[1], stale[1], second, options);
            }

            products?.Renew(
                stale[1].Rows.ToArray(), update.ChangedLists, stale[0], state, matrices.Edges!, norms[1], reporter,
                options);
        }

        GC.KeepAlive(before);
        return new ResidualSingles(before.Recipe, lists, matrices, norms, products);
    }

    /// <summary>For each of the norms the rows whose norm may be another.</summary>
    private static RowSet[] StaleRows(ResidualSingles before, MatrixUpdate update, ResidualMatrices matrices)
    {
        RowSet[] stale = [.. before.Norms.Select(_ => new RowSet(matrices.Start.Count))];
        ReadOnlySpan<int> sources = update.ChangedStarts.Rows;
        foreach (RowSet rows in stale)
        {
            rows.AddAll(sources);
            if (matrices.Reversed is not null)
            {
                matrices.AddSenders(sources, rows);
            }

            sources = rows.Rows;
        }

        return stale;
    }

    private static NativeBuffer<float> Grown(NativeBuffer<float> kept, int count)
    {
        NativeBuffer<float> grown = new(count);
        kept.AsSpan((int)kept.Length).CopyTo(grown.AsSpan(count));
        return grown;
    }

    /// <summary>
    /// The first layer's rows that stale rows of the second are sums of, and the norms of those that are stale.
    /// </summary>
    private static unsafe SparseRows FirstLayer(
        NativeBuffer<float> norms, RowSet[] stale, MessageLayer layer, SparseStorage storage, ComputeOptions options)
    {
        int count = layer.State.Count;
        RowSet needed = new(count);
        needed.AddAll(stale[0].Rows);
        foreach (int row in stale[1].Rows)
        {
            needed.Add(row);
            needed.AddAll(new ReadOnlySpan<int>(layer.Edges!.Indices(row), layer.Edges.Length(row)));
        }

        SparseRows state = new(count, storage: null);
        int[] rows = needed.Rows.ToArray();
        Workers.ForRanges(
            options.ThreadCount, rows.Length, Chunk, () => new Summing(count, storage), (worker, from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            foreach (int row in rows.AsSpan(from, to - from))
            {
                layer.SumRow(worker.Accumulator, row);
                double scale = SparseRowBuilder.InverseNorm(worker.Accumulator);
                norms.Pointer[row] = (float)scale;
                worker.Arena.Write(worker.Accumulator, scale, state, row);
                worker.Accumulator.Clear();
            }
        });
        return state;
    }

    private static unsafe void Renew(
        NativeBuffer<float> norms, RowSet stale, MessageLayer layer, ComputeOptions options)
    {
        int[] rows = stale.Rows.ToArray();
        Workers.ForRanges(
            options.ThreadCount, rows.Length, Chunk, () => new RowAccumulator(layer.State.Count),
            (accumulator, from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            foreach (int row in rows.AsSpan(from, to - from))
            {
                layer.SumRow(accumulator, row);
                norms.Pointer[row] = (float)SparseRowBuilder.InverseNorm(accumulator);
                accumulator.Clear();
            }
        });
    }

    private sealed class Summing(int width, SparseStorage storage) : IDisposable
    {
        public RowAccumulator Accumulator { get; } = new(width);

        public RowArena Arena { get; } = new(storage);

        public void Dispose() => Accumulator.Dispose();
    }
}
