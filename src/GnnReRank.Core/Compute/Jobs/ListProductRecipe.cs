namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Lists sorted by (length - place) of either side in the other's list; then, in rounds, by 2 (P^T P + Q Q^T), P the
/// weights (references - place) of each list's first rows, Q the same without the vertex itself.
/// </summary>
/// <param name="ListLength">Rows of a list, the vertex itself first.</param>
/// <param name="ReferenceCount">Rows of a list that refer to each other.</param>
/// <param name="RoundCount">Rounds, at least 1.</param>
internal sealed record ListProductRecipe(int ListLength, int ReferenceCount, int RoundCount) : ListRecipe(ListLength);
