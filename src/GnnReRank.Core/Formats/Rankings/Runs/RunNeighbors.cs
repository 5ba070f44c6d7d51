using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Lists of gallery indices under the names of ann-benchmarks: neighbors, and distances where they are known.</summary>
/// <param name="Indices">Queries x ranks.</param>
/// <param name="Distances">As many; null where the file has none.</param>
internal sealed record RunNeighbors(NumericArray Indices, NumericArray? Distances)
{
    private const string IndexName = "neighbors";
    private const string DistanceName = "distances";

    /// <summary>Finds them; null where the file has none, or an array is named.</summary>
    /// <exception cref="GnnReRankException">They do not fit each other or the queries.</exception>
    public static RunNeighbors? Find(IArrayFile file, int queryCount, RankingReadOptions options)
    {
        if (options.Name is not null || NameOf(file, IndexName) is not string name)
        {
            return null;
        }

        NumericArray indices = file.Numbers(name);
        if (indices.Type.Kind == ElementKind.FloatingPoint || indices.Shape is not [long rows, > 0])
        {
            return null;
        }

        if (rows != queryCount)
        {
            throw new GnnReRankException(
                "RunCountMismatch", ErrorKind.InvalidArgument,
                $"'{file.Path}': {indices.Text} has {rows:N0} lists, and the query matrix has {queryCount:N0} rows: list i belongs to query i, so as many are needed. " +
                "Give the queries that the lists were made of, or the array to read with -Name.");
        }

        NumericArray? distances = NameOf(file, DistanceName) is string beside ? file.Numbers(beside) : null;
        return distances is null || distances.Shape.SequenceEqual(indices.Shape)
            ? new RunNeighbors(indices, distances)
            : throw new GnnReRankException(
                "WrongArrayShape", ErrorKind.InvalidData,
                $"'{file.Path}': {distances.Text} does not fit {indices.Text}: a distance for each neighbour is needed. Correct the file, or give the array to read with -Name.");
    }

    /// <summary>Takes the lists.</summary>
    /// <exception cref="GnnReRankException">A list makes no sense.</exception>
    public void Rank(RunIndexLists lists, ComputeOptions options)
    {
        (int rows, int columns) = ((int)Indices.Shape[0], (int)Indices.Shape[1]);
        int[] indices = ArrayReader.Read<int>(Indices, rows, columns, ElementConversion.ToIndices, options);
        float[]? distances = Distances is null ? null : ArrayReader.Read<float>(Distances, rows, columns, ElementConversion.ToSingles, options);
        for (int row = 0; row < rows; row++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            lists.Take(row, indices.AsSpan(row * columns, columns), distances is null ? [] : distances.AsSpan(row * columns, columns));
        }
    }

    private static string? NameOf(IArrayFile file, string name) => file.Names.FirstOrDefault(each => each.Equals(name, StringComparison.OrdinalIgnoreCase));
}
