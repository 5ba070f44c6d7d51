namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// What a row of a layer is the sum of, in order: itself where the layer is residual, then its neighbours, each by its
/// row of H and, where the mirror counts, by its row of H^T.
/// </summary>
internal static class LayerSources
{
    public static int CountOf(LayerArguments arguments) =>
        (arguments.EdgeCount + arguments.IsResidual) * (1 + arguments.HasMirror);

    /// <summary>The vertex whose row is added; -1 for none.</summary>
    public static int VertexOf(LayerArguments arguments, int row, int source)
    {
        int edge = EdgeOf(arguments, source);
        return edge < 0 ? row : arguments.Neighbors[((long)row * arguments.NeighborCount) + edge];
    }

    /// <summary>Its weight; 0 for none.</summary>
    public static float WeightOf(LayerArguments arguments, int row, int source)
    {
        int edge = EdgeOf(arguments, source);
        return edge < 0 ? arguments.Scale : arguments.Scale * arguments.Weights[((long)row * arguments.EdgeCount) + edge];
    }

    /// <summary>Where its row lies: in H, or in H^T.</summary>
    public static SparseView RowsOf(LayerArguments arguments, int source) =>
        (source & arguments.HasMirror) != 0 ? arguments.Mirror : arguments.State;

    private static int EdgeOf(LayerArguments arguments, int source) => (source >> arguments.HasMirror) - arguments.IsResidual;
}
