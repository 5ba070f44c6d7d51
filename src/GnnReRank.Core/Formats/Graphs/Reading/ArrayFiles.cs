using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Hdf5;
using GnnReRank.Formats.Mat;
using GnnReRank.Formats.Npz;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>
/// Graphs in one file of named arrays: .npz, .mat, HDF5. The lists of ann-benchmarks, whose attribute says what the
/// distances are, among them.
/// </summary>
internal static class ArrayFiles
{
    private const string QueryName = "test";
    private const string GalleryName = "train";

    /// <summary>The endings that are read.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".npz", ".mat", ".h5", ".hdf5"];

    /// <summary>Reads a graph.</summary>
    /// <exception cref="GnnReRankException">The file is not usable, or its lists are not those of all rows.</exception>
    public static NeighborGraph Read(string path, GraphReadOptions options)
    {
        InputFile.Require(path, "the path of a graph file");
        FeatureFormat format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npz" => FeatureFormat.Npz,
            ".mat" => FeatureFormat.Mat,
            _ => FeatureFormat.Hdf5,
        };
        try
        {
            using IArrayFile file = Open(path, format, options.Compute.CancellationToken);
            GraphArrays arrays = GraphArrays.Find(file, options.Name);
            NeighborGraph graph = Made(file, arrays, options);
            file.CheckRest(options.Compute.CancellationToken);
            return graph;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(
                path, format.ToString(), $"it is cut short, damaged or unreadable " +
                    $"({fault.Message.TrimEnd('.')}).", fault);
        }
    }

    private static IArrayFile Open(string path, FeatureFormat format, CancellationToken cancellation) => format switch
    {
        FeatureFormat.Npz => new NpzFile(
            path,
            new FeatureReadOptions { Compute = ComputeOptions.Default with { CancellationToken = cancellation } }),
        FeatureFormat.Mat => MatReader.Open(path, cancellation),
        _ => new Hdf5File(path, nameof(FeatureFormat.Hdf5), cancellation),
    };

    private static NeighborGraph Made(IArrayFile file, GraphArrays arrays, GraphReadOptions options)
    {
        if (arrays.Scores is null && arrays.Indices.Type.Kind == ElementKind.FloatingPoint)
        {
            return SquareMatrix.Read(arrays.Indices, options);
        }

        RequireAllRows(file, arrays.Indices);
        if (arrays.Scores is null)
        {
            return ScoresOfFeatures.AreKnown(options)
                ? ScoresOfFeatures.Read(arrays.Indices, options)
                : throw FormatErrors.ColumnNotFound(
                    file.Path, $"scores for {arrays.Indices.Text}: an array 'distances' or 'scores' of its shape " +
                        "is expected, or the features, -Query and -Gallery", file.Names);
        }

        ForeignLists lists = ArrayLists.Read(arrays.Indices, arrays.Scores, options.Compute);
        return GraphBuilder.Build(lists, KindOf(file, options.ScoreKind ?? GraphScoreKind.Cosine), options);
    }

    private static GraphScoreKind KindOf(IArrayFile file, GraphScoreKind said) =>
        (file as Hdf5File)?.Attribute("distance") switch
        {
            null => said,
            "angular" => GraphScoreKind.CosineDistance,
            "euclidean" => GraphScoreKind.L2,
            string other => throw FormatErrors.Unsupported(
                file.Path, $"its distances are '{other}', and cosines are made of 'angular' (1 - cosine) and " +
                    "'euclidean' ones. Make the graph with New-NeighborGraph."),
        };

    // ann-benchmarks searches the training rows for the test rows, which says nothing of the neighbours of the
    // training rows.
    private static void RequireAllRows(IArrayFile file, NumericArray indices)
    {
        long lists = indices.Shape.Count > 0 ? indices.Shape[0] : 0;
        long? queries = Rows(file, QueryName);
        long? gallery = Rows(file, GalleryName);
        if (queries == lists || (gallery is not null && gallery != lists))
        {
            string found = queries == lists ? $"the {lists:N0} rows of '{QueryName}'" : $"{lists:N0} rows";
            string among = gallery is long rows ? $" ({rows:N0})" : string.Empty;
            throw new GnnReRankException(
                "NeighborsOfOtherRows", ErrorKind.InvalidArgument,
                $"'{file.Path}': {indices.Text} lists neighbours of {found} among those of " +
                $"'{GalleryName}'{among}, and a " +
                "graph has a list for each row of both. Read the lists with Import-Ranking, or make a graph with " +
                "New-NeighborGraph.");
        }
    }

    private static long? Rows(IArrayFile file, string name) =>
        GraphArrays.Present(file, name) is string found && file.Numbers(found).Shape is [long rows, ..] ? rows : null;
}
