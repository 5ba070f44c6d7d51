using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Npy;

namespace GnnReRank.Formats.Hdf5;

/// <summary>Neighbour graphs in HDF5 files, under the names of ann-benchmarks: neighbors and distances, and what the distances are.</summary>
internal static class Hdf5Graph
{
    private const string IndexName = "neighbors";
    private const string DistanceName = "distances";
    private const string QueryName = "test";
    private const string GalleryName = "train";
    private const string Format = nameof(FeatureFormat.Hdf5);

    /// <summary>Reads a graph.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scoreKind">What the distances are, where the file's attribute 'distance' does not say it.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">The file is not usable, or its lists are not those of all rows.</exception>
    public static NeighborGraph Read(string path, GraphScoreKind scoreKind, ComputeOptions options)
    {
        try
        {
            using Hdf5File file = new(path, Format, options.CancellationToken);
            NumericArray indices = Named(file, IndexName);
            NumericArray distances = Named(file, DistanceName);
            RequireAllRows(file, indices);
            return file.Attribute("distance") switch
            {
                null => NpyGraph.Read(indices, distances, scoreKind, options),
                "angular" => NpyGraph.Read(indices, distances, GraphScoreKind.Cosine, options, distance => 1 - distance),
                "euclidean" => NpyGraph.Read(indices, distances, GraphScoreKind.SquaredL2, options, distance => distance * distance),
                string other => throw FormatErrors.Unsupported(
                    path, $"its distances are '{other}', and cosines are made of 'angular' (1 - cosine) and 'euclidean' ones of normalised rows. Make the graph with New-NeighborGraph."),
            };
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(path, Format, $"it is cut short, damaged or unreadable ({fault.Message.TrimEnd('.')}).", fault);
        }
    }

    private static NumericArray Named(Hdf5File file, string name) => file.Numbers(
        NameOf(file, name) ?? throw FormatErrors.ColumnNotFound(file.Path, $"dataset '{name}': a graph is the datasets '{IndexName}' and '{DistanceName}', rows x neighbours", file.Names));

    private static string? NameOf(Hdf5File file, string name) => file.Names.FirstOrDefault(each => each.Equals(name, StringComparison.OrdinalIgnoreCase));

    // ann-benchmarks searches the training rows for the test rows, which says nothing of the neighbours of the training rows.
    private static void RequireAllRows(Hdf5File file, NumericArray indices)
    {
        long lists = indices.Shape.Count > 0 ? indices.Shape[0] : 0;
        long? queries = Rows(file, QueryName);
        long? gallery = Rows(file, GalleryName);
        if (queries == lists || (gallery is not null && gallery != lists))
        {
            throw new GnnReRankException(
                "NeighborsOfOtherRows", ErrorKind.InvalidArgument,
                $"'{file.Path}': {indices.Text} lists neighbours of {(queries == lists ? $"the {lists:N0} rows of '{QueryName}'" : $"{lists:N0} rows")} " +
                $"among those of '{GalleryName}'{(gallery is long rows ? $" ({rows:N0})" : string.Empty)}, and a graph has a list for each row of both. " +
                "Read the lists with Import-Ranking, or make a graph with New-NeighborGraph.");
        }
    }

    private static long? Rows(Hdf5File file, string name) => NameOf(file, name) is string found && file.Numbers(found).Shape is [long rows, ..] ? rows : null;
}
