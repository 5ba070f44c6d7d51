using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>
/// Finds the arrays of a graph in a file of named arrays, by the names that other programs give them.
/// </summary>
/// <param name="Indices">The lists, or the square matrix.</param>
/// <param name="Scores">The scores of lists; null for a square matrix, and where the file has none.</param>
internal sealed record GraphArrays(NumericArray Indices, NumericArray? Scores)
{
    /// <summary>What libraries call the lists, the usual first.</summary>
    public static IReadOnlyList<string> IndexNames { get; } =
    [
        "neighbors", "neighbours", "indices", "index", "idx", "labels", "keys", "ids", "I", "neighbor_ids", "nn", "knn",
    ];

    /// <summary>What libraries call their scores.</summary>
    public static IReadOnlyList<string> ScoreNames { get; } =
    [
        "scores", "similarities", "cosines", "sims", "distances", "dists", "dist", "D", "score", "similarity", "distance",
    ];

    /// <summary>Finds them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The array that was named; null looks for the usual names.</param>
    /// <exception cref="GnnReRankException">There are none, or several.</exception>
    public static GraphArrays Find(IArrayFile file, string? name)
    {
        NumericArray? indices = name is null
            ? IndexNames.Select(each => Present(file, each)).OfType<string>()
                .Select(file.Numbers).FirstOrDefault(AreLists)
            : file.Numbers(Present(file, name) ??
                throw FormatErrors.ColumnNotFound(file.Path, $"array '{name}'", file.Names));
        if (indices is null || (name is not null && SquareMatrix.Is(indices)))
        {
            return new GraphArrays(indices ?? Square(file), Scores: null);
        }

        NumericArray[] scores =
            [.. ScoreNames.Select(each => Present(file, each)).OfType<string>().Select(file.Numbers)];
        return new GraphArrays(
            indices, scores.FirstOrDefault(each => each.Shape.SequenceEqual(indices.Shape)) ?? scores.FirstOrDefault());
    }

    /// <summary>The name as the file has it; null where it has none.</summary>
    public static string? Present(IArrayFile file, string name) =>
        file.Names.FirstOrDefault(each => each == name) ??
        file.Names.FirstOrDefault(each => each.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool AreLists(NumericArray array) =>
        array.Shape.Count == 2 && array.Type.Kind != ElementKind.FloatingPoint;

    private static NumericArray Square(IArrayFile file)
    {
        List<NumericArray> found = [];
        foreach (string name in file.Names)
        {
            try
            {
                NumericArray array = file.Numbers(name);
                found.AddRange(SquareMatrix.Is(array) && array.Shape[0] > 1 ? [array] : []);
            }
            catch (GnnReRankException)
            {
                // Text and the like beside the matrix.
                continue;
            }
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw FormatErrors.ColumnNotFound(
                file.Path,
                "dataset 'neighbors': a graph is the arrays 'neighbors' (or 'indices', 'labels', 'I') and " +
                "'distances' (or 'scores', 'D'), rows x neighbours, or a square matrix of scores", file.Names),
            _ => throw new GnnReRankException(
                "AmbiguousContent", ErrorKind.InvalidArgument,
                $"'{file.Path}' holds several square matrices, " +
                $"{FormatErrors.Listed(found.Select(each => each.Name))}: say " +
                "which with -Name."),
        };
    }
}
