namespace GnnReRank.Compute.Jobs;

/// <summary>A ranking to be made.</summary>
/// <param name="Query">n_q x d.</param>
/// <param name="Gallery">n_g x d.</param>
/// <param name="Depth">How many gallery rows to keep a query, 1 to n_g.</param>
/// <param name="Settings">What the ranking will say made it.</param>
internal sealed record RankingJob(FeatureMatrix Query, FeatureMatrix Gallery, int Depth, RankingSettings Settings)
{
    /// <summary>What gives the scores; null ranks by the cosine itself.</summary>
    public ScoringRecipe? Recipe { get; init; }

    /// <summary>
    /// A graph of these matrices, or of what the recipe says, with as many neighbours as it asks for; null lets the job find them.
    /// </summary>
    public NeighborGraph? Graph { get; init; }

    /// <summary>
    /// Whether each query is ranked as if it were the only one: the graph is that of the gallery alone.
    /// </summary>
    public bool IsIndependent => Settings.QueryMode == QueryMode.Independent;

    /// <summary>The queries that are vertices of the graph; null where none is.</summary>
    public FeatureMatrix? GraphQuery => IsIndependent ? null : Query;

    /// <summary>Neighbours a vertex that the job itself has to find; 0 for none.</summary>
    public int SearchedNeighbors => Recipe is null || Graph is not null ? 0 : Fitted(Recipe.NeighborCount);

    /// <summary>What the job asks of a pass over all pairs; null where it needs none.</summary>
    public ListNeeds? Pass => Recipe is null || Recipe.Needs.IsNothing ? null
        : Graph is null ? Needs
        : Recipe.Needs.IsPlain ? null : Recipe.Needs with { NeighborCount = 0 };

    /// <summary>What the recipe asks of a pass, as far as there are rows; nothing without a recipe.</summary>
    public ListNeeds Needs => Recipe is null
        ? new ListNeeds(0)
        : Recipe.Needs with { NeighborCount = Fitted(Recipe.Needs.NeighborCount) };

    /// <summary>The job with the recipe that a graph decides, where one does; it says so at once.</summary>
    public RankingJob DecidedBy(NeighborGraph graph)
    {
        if (Recipe is not LateRecipe late)
        {
            return this;
        }

        (ScoringRecipe recipe, RankingSettings settings) = late.Choose(graph);
        return this with { Recipe = recipe, Settings = settings };
    }

    /// <summary>Whether all gallery rows are kept.</summary>
    public bool IsFull => Depth == Gallery.RowCount;

    /// <summary>Whether cosines do no more than break ties: single queries find their place by them.</summary>
    public bool BreaksTiesOnly => Recipe is { UsesCosines: false } && !IsIndependent;

    /// <summary>Whether the cosine of every pair will be asked for: a short list has few ties, and the tail of a full one is often one long tie.</summary>
    public bool NeedsAllCosines => IsFull || !BreaksTiesOnly;

    // A query that is no vertex counts among the rows that a recipe may ask for.
    private int Fitted(int neighborCount) => IsIndependent ? Math.Min(neighborCount, Gallery.RowCount) : neighborCount;
}
