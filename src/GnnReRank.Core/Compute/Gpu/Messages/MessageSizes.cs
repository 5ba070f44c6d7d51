using GnnReRank.Compute.Gpu.Kernels.Messages;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Gpu.Messages;

/// <summary>How much messages and their scores hold on a device.</summary>
internal static class MessageSizes
{
    /// <summary>
    /// Guesses, which a run on a GPU must confirm: room for rows at first, in units of eight entries. By arithmetic on
    /// made features of Market's shape (k1 = 26, k2 = 7) a row after one layer has 93 entries on average (12 units) and
    /// 351 at most, and a query's after the second 104 (Reference: 279, or 35 units) and 693 (1,381).
    /// </summary>
    public const int UnitsPerRow = 48;

    /// <summary>Products of one block of queries; they are held twice, as made, and laid out for the scores.</summary>
    public const long MostProducts = 1 << 26;

    // The units that rows then take, as above: their mirror gets no more than it needs.
    private const int UsedAfterOne = 12;
    private const int UsedAfterMore = 35;

    private const int UnitBytes = SparseView.Unit * (sizeof(int) + sizeof(float));

    /// <summary>Queries whose products are made at once.</summary>
    public static int StepFor(long queryCount, long vertexCount, long mostProducts) =>
        (int)Math.Clamp(mostProducts / vertexCount, 1, Math.Min(queryCount, ushort.MaxValue));

    /// <summary>Blocks of queries side by side.</summary>
    public static int Blocks(int queries) => (queries + ScoreKernels.Lanes - 1) / ScoreKernels.Lanes;

    /// <summary>The most bytes that are expected to be held at once.</summary>
    public static long BytesFor(int queryCount, long vertexCount, MessageRecipe recipe)
    {
        long rows = UnitsPerRow * (long)UnitBytes;
        int step = StepFor(Math.Max(1, queryCount), vertexCount, MostProducts);
        long products = (step + ((long)Blocks(step) * ScoreKernels.Lanes)) * vertexCount * sizeof(float);

        // The last layer's rows are the queries'; they stay while products are made.
        (long state, long mirror) = StateAfter(recipe.LayerCount - 1, recipe.StartNeighbors);
        long last = (vertexCount * (state + mirror)) + (queryCount * rows);
        long most = last + Math.Max(products, LayerRunner.BytesFor(vertexCount));
        for (int number = 1; number < recipe.LayerCount; number++)
        {
            (state, mirror) = StateAfter(number - 1, recipe.StartNeighbors);
            bool hasMirror = number == 1 || !recipe.IsResidual;
            long held = vertexCount * (state + (hasMirror ? mirror : 0) + rows);
            most = Math.Max(most, held + LayerRunner.BytesFor(vertexCount));
        }

        // Offsets and lengths of three matrices, the mirror's counters, weights and norms.
        long small = (7L * sizeof(int)) + ((recipe.EdgeNeighbors + 1L) * sizeof(float));
        return most + (vertexCount * small);
    }

    /// <summary>The bytes a row of the state after some layers, and of its mirror.</summary>
    private static (long State, long Mirror) StateAfter(int layers, int startNeighbors)
    {
        int start = SparseView.UnitsOf(startNeighbors);
        int used = layers <= 0 ? start : layers == 1 ? UsedAfterOne : UsedAfterMore;

        // One unit a row of the mirror may be part empty.
        return ((layers <= 0 ? start : UnitsPerRow) * (long)UnitBytes, (used + 1L) * UnitBytes);
    }
}
