namespace GnnReRank.Compute.Jobs;

/// <summary>
/// How the heads of rankings are scored anew. Each row g of a head becomes g' = the mean of g, with weight 1, and of
/// its nearest rows in the head, with weights <paramref name="NeighborWeight"/> max(cosine, 0); q' is the largest
/// value, column by column, of the best g'; the new score is (q g' + q' g') / 2. Ties, of neighbours too, go by the
/// place in the list.
/// </summary>
/// <param name="Length">Rows a head: what a ranking has behind them keeps its order.</param>
/// <param name="NeighborCount">Nearest rows, g itself not among them; one more g' than that make q'.</param>
/// <param name="NeighborWeight">The factor of a neighbour's cosine.</param>
internal sealed record HeadRescoring(int Length, int NeighborCount, double NeighborWeight);
