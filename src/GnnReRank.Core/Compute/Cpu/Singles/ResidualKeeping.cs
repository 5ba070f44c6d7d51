using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// What is kept of residual layers: their norms, which cost far more than all that is made of the lists again.
/// </summary>
internal static class ResidualKeeping
{
    private const int Part = 1 << 20;

    // A row has its diagonal, which is at least 1 before it is divided; the rest is rounding.
    private const float LargestInverse = 1.001f;

    public static void Write(ResidualSingles state, IStateWriter writer)
    {
        for (int layer = 0; layer < state.Norms.Count; layer++)
        {
            ReadOnlySpan<float> norms = state.Norms[layer].AsSpan(state.VertexCount);
            for (int from = 0; from < norms.Length; from += Part)
            {
                writer.Append(NameOf(layer), norms.Slice(from, Math.Min(Part, norms.Length - from)));
            }
        }
    }

    /// <exception cref="GnnReRankException">The state is not of these lists, or outgrows the budget.</exception>
    public static ResidualSingles Read(
        MessageRecipe recipe, GalleryLists lists, IStateReader state, MemoryBudget budget, ComputeOptions options)
    {
        int count = lists.Graph.VertexCount;
        NativeBuffer<float>[] norms =
            [.. Enumerable.Range(0, Math.Max(1, recipe.LayerCount)).Select(layer => Norms(state, layer, count))];
        StageReporter reporter = new(StageNames.Messages, count, StageUnits.LayerRows, options);
        ResidualMatrices matrices = ResidualMatrices.Of(lists.Graph, recipe, budget, reporter, options);
        reporter.Complete();
        return new ResidualSingles(recipe, lists, matrices, norms, null); // TODO
    }

    private static NativeBuffer<float> Norms(IStateReader state, int layer, int count)
    {
        string name = NameOf(layer);
        long found = state.Count<float>(name);
        if (found != count)
        {
            throw state.Broken(FormattableString.Invariant(
                $"array '{name}' has {found:N0} values for {count:N0} rows"));
        }

        NativeBuffer<float> norms = new(count);
        for (int from = 0; from < count; from += Part)
        {
            Span<float> part = norms.AsSpan(count).Slice(from, Math.Min(Part, count - from));
            state.Read(name, from, part);
            foreach (float norm in part)
            {
                if (!(norm > 0 && norm <= LargestInverse))
                {
                    throw state.Broken(FormattableString.Invariant(
                        $"array '{name}' holds {norm}: one over the norm of a row lies between 0 and 1"));
                }
            }
        }

        return norms;
    }

    private static string NameOf(int layer) => $"norms{layer + 1}";
}
