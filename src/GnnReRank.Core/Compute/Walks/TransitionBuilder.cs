using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Walks;

/// <summary>From the edges of a walk to its matrix: W = (w + w^T) / 2, D its row sums, S~ = D^-1/2 W D^-1/2.</summary>
internal static class TransitionBuilder
{
    private const int Chunk = 1024;

    /// <summary>The bytes of edges and matrix while they are made, at most.</summary>
    public static long BytesFor(long vertexCount, int mostEdges) =>
        vertexCount * mostEdges * (
            (sizeof(int) + sizeof(double)) + (2 * ((2 * sizeof(int)) + sizeof(double) + sizeof(float))));

    /// <summary>Fails where the matrix cannot be held.</summary>
    /// <exception cref="GnnReRankException">It does not fit.</exception>
    public static void Require(long vertexCount, int mostEdges, MemoryBudget budget) => budget.Require(
        2 * vertexCount * mostEdges > Array.MaxLength ? long.MaxValue / 2 : BytesFor(vertexCount, mostEdges),
        "WalkTooLarge",
        FormattableString.Invariant($"A walk over {vertexCount:N0} vertices with up to {mostEdges:N0} edges each"),
        "Use fewer neighbours (-Neighbors), or fewer rows.");

    /// <summary>Makes the matrix.</summary>
    /// <param name="edges">The edges of all vertices.</param>
    /// <param name="recipe">The walk.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static TransitionMatrix Build(WalkEdges edges, RestartWalkRecipe recipe, ComputeOptions options)
    {
        TransitionRows rows = new(0, edges.Scales.Length, options);
        for (int slot = 0; slot < edges.Targets.Length; slot++)
        {
            if (edges.Targets[slot] >= 0)
            {
                rows.Count(edges.SourceOf(slot), edges.Targets[slot]);
            }
        }

        rows.Allocate();
        for (int slot = 0; slot < edges.Targets.Length; slot++)
        {
            if (slot % Chunk == 0)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
            }

            if (edges.Targets[slot] >= 0)
            {
                rows.Add(edges.SourceOf(slot), edges.Targets[slot], edges.Weights[slot]);
            }
        }

        rows.Unite();
        return Normalize(rows, edges.Scales.Length, 1 - recipe.Restart, options);
    }

    private static TransitionMatrix Normalize(TransitionRows rows, int count, double share, ComputeOptions options)
    {
        int[] offsets = GC.AllocateUninitializedArray<int>(count + 1, pinned: true);
        offsets[0] = 0;
        for (int row = 0; row < count; row++)
        {
            offsets[row + 1] = offsets[row] + rows.ColumnsOf(row).Length;
        }

        int[] columns = GC.AllocateUninitializedArray<int>(offsets[count], pinned: true);
        float[] values = GC.AllocateUninitializedArray<float>(offsets[count], pinned: true);
        double[] roots = rows.Roots;
        Workers.ForRanges(options.ThreadCount, count, Chunk, (from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            for (int row = from; row < to; row++)
            {
                ReadOnlySpan<int> ends = rows.ColumnsOf(row);
                ReadOnlySpan<double> weights = rows.WeightsOf(row);
                ends.CopyTo(columns.AsSpan(offsets[row]));
                for (int entry = 0; entry < ends.Length; entry++)
                {
                    values[offsets[row] + entry] =
                        TransitionRows.Normalized(share, weights[entry], roots[row] * roots[ends[entry]]);
                }
            }
        });
        return new TransitionMatrix(offsets, columns, values, roots);
    }
}
