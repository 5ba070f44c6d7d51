namespace GnnReRank.Compute.Jobs;

/// <summary>How the weighted rows of a vertex's neighbours become one.</summary>
internal enum MessageAggregation
{
    Sum,

    /// <summary>The sum over the number of neighbours listed, the vertex itself among them.</summary>
    Mean,

    /// <summary>The largest in each column, which is no product: layers are stored, the last one too.</summary>
    Maximum,
}
