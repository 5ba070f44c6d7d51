using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>
/// What a recipe asks for: which states are held, which of them by columns too, and what the scores are made of. State 0 is
/// the start matrix, and state l what layer l makes.
/// </summary>
/// <param name="recipe">The recipe.</param>
internal sealed class MessageSteps(MessageRecipe recipe)
{
    public MessageRecipe Recipe { get; } = recipe;

    /// <summary>Whether a message is the largest of its parts, and so a layer no product.</summary>
    public bool TakesLargest => Recipe.Aggregation == MessageAggregation.Maximum && Recipe.LayerCount > 0;

    /// <summary>
    /// Whether scores are made with what the last state is a product of. H + H^T doubles the work of a factored product with each
    /// layer: from the third on the state itself is less.
    /// </summary>
    public bool IsFactored => !TakesLargest && (Recipe.IsResidual || Recipe.LayerCount is 1 or 2);

    public bool HasEdges => Recipe.LayerCount > 0;

    public bool IsMean => Recipe.Aggregation == MessageAggregation.Mean;

    /// <summary>
    /// Whether the start is (A + A^T) / 2, for residual layers, or A + A^T at once, where the first layer adds its mirror to
    /// it; otherwise it is A.
    /// </summary>
    public bool StartsSymmetric => Recipe.IsResidual || Recipe.LayerCount > 0;

    /// <summary>The start's entries that A and A^T do not share.</summary>
    public float StartFactor => Recipe.IsResidual ? 0.5f : 1f;

    /// <summary>Layers whose rows are stored: all but the last, which is applied but never stored unless it is no product.</summary>
    public int StoredLayers => TakesLargest ? Recipe.LayerCount : Math.Max(0, Recipe.LayerCount - 1);

    /// <summary>Whether the rows that are compared have norms other than 1.</summary>
    public bool NormalizesLast => Recipe.NormalizesLast && !TakesLargest;

    /// <summary>Whether a layer or the product with the state asks for a state by columns.</summary>
    public bool HasColumns(int state) => TakesLargest && state == Recipe.LayerCount
        || (!Recipe.IsResidual && (state > 0 || !HasEdges));

    /// <summary>Whether H + H^T takes the place of a state H: the largest of sums is no sum of largest.</summary>
    public bool AddsColumns(int state) => TakesLargest && state < Recipe.LayerCount && HasColumns(state);

    /// <summary>The layer that follows a state, before its normalisation.</summary>
    /// <param name="state">H.</param>
    /// <param name="columns">H^T where it <see cref="HasColumns"/> and they are not added.</param>
    /// <param name="edges">E; null where no layer follows.</param>
    public MessageLayer Layer(SparseRows state, SparseRows? columns, SparseRows? edges) => edges is null
        ? new MessageLayer(state, mirror: null, edges: null, residual: true)
        : new MessageLayer(state, columns, edges, Recipe.IsResidual, TakesLargest);

    /// <summary>The scores.</summary>
    /// <param name="start">State 0; null where it is not needed, as the state is no product.</param>
    /// <param name="state">The last state that is stored.</param>
    /// <param name="columns">The same by columns where it has them.</param>
    /// <param name="edges">E, if there are layers.</param>
    /// <param name="scales">1 / norm of each row of each stored layer.</param>
    /// <param name="norms">1 / norm of each row of the last layer.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    public FinalLayer Final(
        SparseRows? start, SparseRows state, SparseRows? columns, SparseRows? edges,
        IReadOnlyList<NativeBuffer<float>> scales, NativeBuffer<float> norms, int queryCount)
    {
        LayerFactors? factors = IsFactored ? new LayerFactors(start!, edges, scales) : null;
        MessageLayer last = Layer(state, columns, TakesLargest ? null : edges);
        return new FinalLayer(last, factors, columns, norms, queryCount, Recipe.CosineShare);
    }
}
