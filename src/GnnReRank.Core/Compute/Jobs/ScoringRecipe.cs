namespace GnnReRank.Compute.Jobs;

/// <summary>
/// How a score of each gallery row comes from the neighbour graph, in the engine's words and not in those of a method: a method is a
/// recipe, and each wing knows how to make what the recipes ask for.
/// </summary>
internal abstract record ScoringRecipe
{
    /// <summary>What it holds beside the graph, for people, such as "messages".</summary>
    public abstract string Work { get; }

    /// <summary>Neighbours a vertex that the graph must have, the vertex included.</summary>
    public abstract int NeighborCount { get; }

    /// <summary>All that it asks of the pass over the pairs of rows.</summary>
    public virtual ListNeeds Needs => new(NeighborCount);

    /// <summary>Whether devices have a stage for it; where not, they find the neighbours and the processor does the rest.</summary>
    public virtual bool RunsOnDevices => false;

    /// <summary>
    /// Whether the processor serves queries by it that are no vertices of the graph, each as if it were the only one.
    /// </summary>
    public virtual bool ServesSingleQueries => false;

    /// <summary>lambda: the share of the plain cosine in the final score, 0 to 1. At 0 the cosines break ties and no more.</summary>
    public double CosineShare { get; init; }

    /// <summary>The factor of what the recipe's stage gives in the final score.</summary>
    public virtual float ScoreWeight => 1f - CosineWeight;

    /// <summary>The factor of the plain cosine in the final score; at 0 the cosines break ties and no more.</summary>
    public virtual float CosineWeight => (float)CosineShare;

    /// <summary>Whether scores are made of the cosines of all pairs, beside what a graph gives.</summary>
    public virtual bool UsesCosines => CosineWeight != 0;
}
