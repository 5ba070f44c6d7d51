using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// What is kept of residual layers: norms and products of rows, which cost far more than all that is made of the lists
/// again.
/// </summary>
internal static class ResidualKeeping
{
    private const int Part = 1 << 20;
    private const string ProductsName = "products";

    // Rows are not negative, and have their diagonal, which is at least 1 before it is divided; the rest is rounding.
    private const float Largest = 1.001f;

    public static void Write(ResidualSingles state, IStateWriter writer)
    {
        for (int layer = 0; layer < state.Norms.Count; layer++)
        {
            Append(writer, NameOf(layer), state.Norms[layer]);
        }

        if (state.Products is not null)
        {
            Append(writer, ProductsName, state.Products.Values);
        }

        GC.KeepAlive(state);
    }

    /// <exception cref="GnnReRankException">The state is not of these lists, or outgrows the budget.</exception>
    public static ResidualSingles Read(
        MessageRecipe recipe, GalleryLists lists, IStateReader state, MemoryBudget budget, ComputeOptions options)
    {
        int count = lists.Graph.VertexCount;
        NativeBuffer<float>[] norms = new NativeBuffer<float>[Math.Max(1, recipe.LayerCount)];
        for (int layer = 0; layer < norms.Length; layer++)
        {
            Check(state, NameOf(layer), count, count);
            norms[layer] = new NativeBuffer<float>(count);
            Fill(state, NameOf(layer), norms[layer], float.Epsilon, options);
        }

        RowProducts? products = null;
        if (ResidualSingles.KeepsProducts(recipe))
        {
            Check(state, ProductsName, RowProducts.LengthFor(count, recipe.EdgeNeighbors), count);
            products = RowProducts.For(count, recipe.EdgeNeighbors);
            Fill(state, ProductsName, products.Values, 0, options);
        }

        StageReporter reporter = new(StageNames.Messages, count, StageUnits.LayerRows, options);
        ResidualMatrices matrices = ResidualMatrices.Of(lists.Graph, recipe, budget, reporter, options);
        reporter.Complete();
        return new ResidualSingles(recipe, lists, matrices, norms, products);
    }

    private static unsafe void Append(IStateWriter writer, string name, NativeBuffer<float> values)
    {
        for (long from = 0; from < values.Length; from += Part)
        {
            int length = (int)Math.Min(Part, values.Length - from);
            writer.Append(name, new ReadOnlySpan<float>(values.Pointer + from, length));
        }
    }

    /// <summary>Before memory is taken for what a file says that it holds.</summary>
    private static void Check(IStateReader state, string name, long expected, int rows)
    {
        long found = state.Count<float>(name);
        if (found != expected)
        {
            throw state.Broken(FormattableString.Invariant(
                $"array '{name}' has {found:N0} values, where {rows:N0} rows have {expected:N0}"));
        }
    }

    private static unsafe void Fill(
        IStateReader state, string name, NativeBuffer<float> values, float least, ComputeOptions options)
    {
        for (long from = 0; from < values.Length; from += Part)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            Span<float> part = new(values.Pointer + from, (int)Math.Min(Part, values.Length - from));
            state.Read(name, from, part);
            foreach (float value in part)
            {
                if (!(value >= least && value <= Largest))
                {
                    throw state.Broken(FormattableString.Invariant(
                        $"array '{name}' holds {value}, where values lie between 0 and 1"));
                }
            }
        }
    }

    private static string NameOf(int layer) => $"norms{layer + 1}";
}
