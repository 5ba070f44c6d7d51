namespace GnnReRank.Tests.Oracle;

/// <summary>Lists of neighbours by sorting whole rows of exact similarities: slow, and with nothing in common with the engine.</summary>
internal static class ListOracle
{
    /// <summary>For each vertex those others that a rule admits, by similarity descending, then index; the vertex itself is not among them.</summary>
    public static int[][] Others(double[,] similarities, Func<int, int, bool>? admits = null) =>
    [
        .. Enumerable.Range(0, similarities.GetLength(0)).Select(i => Enumerable.Range(0, similarities.GetLength(0))
            .Where(j => j != i && (admits is null || admits(i, j)))
            .OrderByDescending(j => similarities[i, j])
            .ThenBy(j => j)
            .ToArray()),
    ];

    /// <summary>The vertex itself, then the first of a list, up to so many in all.</summary>
    public static int[] WithItself(int vertex, int[] others, int count) => [.. others.Prepend(vertex).Take(count)];
}
