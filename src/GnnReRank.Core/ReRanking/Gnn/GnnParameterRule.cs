using System.Globalization;
using GnnReRank.Graph;

namespace GnnReRank;

/// <summary>
/// Chooses k1, k2 and lambda from neighbour lists, without a label. Where rows agree on who is whose neighbour up to some length and not
/// beyond, groups have about that size; where they do not, a small setting that the cosine holds back loses least.
/// </summary>
/// <remarks>
/// R(k) is the mean share of a row's k - 1 nearest others that have it among their own k - 1, and prom(k) = R(k) - min R(k') for k' from k
/// to 3 k + 4: how far R falls behind k. k* of 2 to 32 has the largest prom. Where prom(k*) is at least 0.2 and R(k*) at least 0.75, k1 is
/// the one of a grid nearest to 2 k*, and w = 0.3; otherwise k1 = 6, k2 = 2 and w = 4. lambda = (w / Delta) / (1 + w / Delta), Delta the
/// spread of the cosines in a list, since a raw lambda means nothing across data sets.
/// </remarks>
public static class GnnParameterRule
{
    /// <summary>Neighbours a vertex, itself included, that the rule looks at.</summary>
    public const int NeighborCount = 64;

    private const int LargestSize = 32;
    private const double LeastProminence = 0.20;
    private const double LeastReciprocity = 0.75;
    private const double GroupedWeight = 0.3;
    private const double CarefulWeight = 4;

    private static readonly (int K1, int K2)[] s_grid =
        [(2, 1), (3, 2), (4, 2), (6, 2), (8, 3), (10, 4), (15, 4), (20, 4), (26, 7), (40, 8), (60, 10)];

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
        (int size, double prominence) = MostProminent(lists);
        bool isGrouped = prominence >= LeastProminence && lists.Reciprocity(size) >= LeastReciprocity;
        (int k1, int k2) = isGrouped ? s_grid.MinBy(pair => Math.Abs(pair.K1 - (2 * size))) : (6, 2);
        double share = CosineShare(isGrouped ? GroupedWeight : CarefulWeight, lists.Spread);
        k1 = Math.Min(k1, graph.NeighborCount);
        return settings with
        {
            IsAutomatic = false,
            K1 = k1,
            K2 = Math.Min(k2, k1),
            Lambda = settings.Lambda ?? share,
            Choice = Reason(isGrouped, size, prominence, lists),
        };
    }

    private static (int Size, double Prominence) MostProminent(ListStatistics lists)
    {
        (int Size, double Prominence) best = (2, 0);
        for (int k = 2; k <= Math.Min(LargestSize, lists.Length); k++)
        {
            double least = Enumerable.Range(k, Math.Min(lists.Length, (3 * k) + 4) - k + 1).Min(lists.Reciprocity);
            double prominence = lists.Reciprocity(k) - least;
            best = prominence > best.Prominence ? (k, prominence) : best;
        }

        return best;
    }

    /// <summary>lambda of a weight on the scale of the spread; rows that are all alike keep the cosine's order.</summary>
    private static double CosineShare(double weight, double spread) => spread > 0 ? weight / (weight + spread) : 1;

    private static string Reason(bool isGrouped, int size, double prominence, ListStatistics lists) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(isGrouped ? $"rows agree on neighbours up to lists of {size}" : "rows agree on no size of group")}: " +
        $"R({size}) {(lists.Length < 2 ? 0 : lists.Reciprocity(size)):0.00}, falling by {prominence:0.00}; spread of cosines {lists.Spread:0.000}");
}
