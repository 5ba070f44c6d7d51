namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Lists sorted by (length - place) of either side in the other's list; then, in rounds, by (1 + H^T C H) o H H^T o H^T
/// H, where H = I + B B, B the weights 1 - log_m(place) of each list's first m rows, and C the sum of the m largest of
/// each row of H.
/// </summary>
/// <param name="ListLength">Rows of a list, the vertex itself first.</param>
/// <param name="EdgeSize">m: rows of a list that make a hyperedge, at least 2.</param>
/// <param name="RoundCount">Rounds, at least 1.</param>
/// <param name="StepsTwice">Whether (H H)^T takes the place of H^T H.</param>
internal sealed record ListHypergraphRecipe(int ListLength, int EdgeSize, int RoundCount, bool StepsTwice)
    : ListRecipe(ListLength);
