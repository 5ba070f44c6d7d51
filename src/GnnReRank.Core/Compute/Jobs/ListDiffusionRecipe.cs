namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Lists sorted by the sum of decay^place of either side in the other's half list. With W the weights of each list's
/// first rows, a diffusion within the first half of each list, R = alpha mask(R' W'^T) + (1 - alpha) I from R = W, a
/// prime for columns that sum to 1; then the score R' mask(R' R') within the lists.
/// </summary>
/// <param name="HalfLength">Half the rows of a list, at least 1.</param>
/// <param name="ReferenceCount">Rows of a list that W weighs.</param>
/// <param name="ReferenceDecay">Base of W's weights: base^place.</param>
/// <param name="ListDecay">Base of the weights that sort the lists.</param>
/// <param name="Damping">alpha, from 0 to 1.</param>
/// <param name="RoundCount">Rounds of the diffusion.</param>
internal sealed record ListDiffusionRecipe(
    int HalfLength, int ReferenceCount, double ReferenceDecay, double ListDecay, double Damping, int RoundCount)
    : ListRecipe(2 * HalfLength);
