using System.Globalization;
using GnnReRank.Graph;

namespace GnnReRank;

/// <summary>
/// Chooses k1, k2 and lambda from neighbour lists, without a label. Lists stay short, since groups may be small; where near neighbours
/// do not agree on each other, the cosine keeps most of the score.
/// </summary>
/// <remarks>
/// R(6) is the mean share of a row's five nearest others that have it among their own five nearest. Where it is at least 0.72, k1 = 8,
/// k2 = 3 and w = 0.3; below, k1 = 6, k2 = 2 and w = 8. lambda = (w / Delta) / (1 + w / Delta), Delta the spread of the cosines in a list, since a raw lambda
/// means nothing across data sets. What chose these numbers, and what judged them, is in docs/default-method.md.
/// </remarks>
public static class GnnParameterRule
{
    /// <summary>Neighbours a vertex, itself included, that the rule looks at.</summary>
    public const int NeighborCount = 64;

    private const int NearLength = 6;
    private const double LeastReciprocity = 0.72;

    /// <summary>Chooses.</summary>
    /// <param name="settings">What was given: its layers, alpha and variant stay, and lambda too where it is set.</param>
    /// <param name="graph">The lists; with fewer than <see cref="NeighborCount"/> neighbours the rule sees less than it was made for.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>Settings with k1, k2 and lambda, and why in <see cref="GnnReRankSettings.Choice"/>.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static GnnReRankSettings Choose(GnnReRankSettings settings, NeighborGraph graph, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(graph);
        ListStatistics lists = ListStatistics.Of(graph, NeighborCount, options ?? ComputeOptions.Default);
        int length = Math.Min(NearLength, lists.Length);
        double reciprocity = length < 2 ? 0 : lists.Reciprocity(length);
        (int k1, int k2, double weight) = reciprocity >= LeastReciprocity ? (8, 3, 0.3) : (6, 2, 8.0);
        k1 = Math.Min(k1, graph.NeighborCount);
        return settings with
        {
            IsAutomatic = false,
            K1 = k1,
            K2 = Math.Min(k2, k1),
            Lambda = settings.Lambda ?? CosineShare(weight, lists.Spread),
            Choice = string.Create(
                CultureInfo.InvariantCulture,
                $"near neighbours agree on each other in {reciprocity:P0} of cases, and cosines spread by {lists.Spread:0.000}"),
        };
    }

    /// <summary>lambda of a weight on the scale of the spread; rows that are all alike keep the cosine's order.</summary>
    private static double CosineShare(double weight, double spread) => spread > 0 ? weight / (weight + spread) : 1;
}
