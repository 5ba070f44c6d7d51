using GnnReRank.Formats.Files;
using GnnReRank.Formats.Graphs.Reading;
using GnnReRank.Formats.Npy;
using GnnReRank.Formats.Parquet;
using GnnReRank.Formats.Rankings.Runs;

namespace GnnReRank;

/// <summary>
/// Reads and writes neighbour graphs: Parquet, or a pair of .npy files as faiss users have them. Reads the lists,
/// tables and square matrices of other programs too.
/// </summary>
public static class GraphFile
{
    private const string ParquetExtension = ".parquet";
    private const string NpyExtension = ".npy";

    /// <summary>Reads a graph.</summary>
    /// <param name="path">The file: see <see cref="Read(string, GraphReadOptions)"/>.</param>
    /// <param name="scorePath">
    /// The file with the scores (n x k); null takes NAME.scores.npy, or for .ibin what follows the indices, else
    /// NAME.fbin, and for .ivecs NAME.fvecs.
    /// </param>
    /// <param name="scoreKind">What the scores are, where the file does not say it.</param>
    /// <param name="compute">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">A file is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static NeighborGraph Read(
        string path, string? scorePath = null, GraphScoreKind scoreKind = GraphScoreKind.Cosine,
        ComputeOptions? compute = null) =>
        Read(path, new GraphReadOptions
        {
            ScorePath = scorePath,
            ScoreKind = scoreKind,
            Compute = compute ?? ComputeOptions.Default,
        });

    /// <summary>
    /// Reads a graph: one that was written here, or the lists or the square matrix of another program.
    /// </summary>
    /// <param name="path">
    /// .parquet: lists, or a row a pair; .csv, .tsv: a row a pair; .npz, .mat, .h5: lists and scores, or a square
    /// matrix; .npy, .ibin, .ivecs: lists with the scores beside; .npy of floating-point numbers: a square matrix.
    /// Indices are 0-based, queries first.
    /// </param>
    /// <param name="options">What the scores are, and what is known of the rows.</param>
    /// <returns>The graph, without matrices. What was repaired is told by one warning.</returns>
    /// <exception cref="GnnReRankException">A file is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static NeighborGraph Read(string path, GraphReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.NeighborCount < 1)
        {
            throw new GnnReRankException(
                "InvalidNeighborCount", ErrorKind.InvalidArgument,
                $"The neighbour count is {options.NeighborCount:N0}: it counts the row itself, so it must be at " +
                "least 1.");
        }

        NeighborGraph graph = Open(path, options);
        return graph.WithCenteredCameras(graph.CentersCameras || options.CenterCamera);
    }

    /// <summary>Writes a graph.</summary>
    /// <param name="path">A .parquet file, or the .npy file for the indices.</param>
    /// <param name="graph">What to write.</param>
    /// <param name="scorePath">The .npy file for the scores; null writes it beside the indices as NAME.scores.npy.</param>
    /// <param name="overwrite">Whether files that are there may be replaced.</param>
    /// <param name="compute">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">A file is there already, or the format is unknown.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static void Write(
        string path, NeighborGraph graph, string? scorePath = null, bool overwrite = false, ComputeOptions? compute = null)
    {
        compute ??= ComputeOptions.Default;
        if (FilesOf(path, scorePath) is [_, string scores])
        {
            RequireDifferent(path, scores);
            // The scores first: they name the indices, so a pair that was torn between the two is told by any older indices.
            AtomicFile.Write([scores, path], overwrite, temporary => NpyGraph.Write(temporary[1], temporary[0], graph, compute));
        }
        else
        {
            AtomicFile.Write(path, overwrite, temporary => ParquetGraph.Write(temporary, graph, compute));
        }
    }

    /// <summary>The files that a graph is written to: one, or the indices and the scores.</summary>
    /// <param name="path">A .parquet file, or the .npy file for the indices.</param>
    /// <param name="scorePath">The .npy file for the scores; null takes NAME.scores.npy beside the indices.</param>
    /// <exception cref="GnnReRankException">The format is unknown, or holds no scores of their own.</exception>
    public static IReadOnlyList<string> FilesOf(string path, string? scorePath = null) =>
        PublicList.Of<string>(IsNpy(path, scorePath) ? [path, scorePath ?? PairFiles.ScorePathBeside(path)] : [path]);

    private static NeighborGraph Open(string path, GraphReadOptions options)
    {
        string bare = RunPath.BareEnding(path);
        string ending = TextTables.Endings.Contains(bare) ? bare : Path.GetExtension(path).ToLowerInvariant();
        if (PairFiles.Endings.Contains(ending))
        {
            return PairFiles.Read(path, options);
        }

        (IReadOnlyList<string> Endings, string Kind, Func<string, GraphReadOptions, NeighborGraph> Read)[] readers =
        [
            (ParquetTables.Endings, "a Parquet", ParquetTables.Read),
            (ArrayFiles.Endings, ending is ".npz" or ".mat" ? $"a {ending}" : "an HDF5", ArrayFiles.Read),
            (TextTables.Endings, "a text", TextTables.Read),
        ];
        int reader = Array.FindIndex(readers, each => each.Endings.Contains(ending));
        if (reader < 0)
        {
            throw UnknownFormat(
                path, ending, [.. readers.SelectMany(each => each.Endings), .. PairFiles.Endings]);
        }

        RequireNoScorePath(path, options.ScorePath, readers[reader].Kind);
        return readers[reader].Read(path, options);
    }

    private static bool IsNpy(string path, string? scorePath)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is not (ParquetExtension or NpyExtension))
        {
            throw UnknownFormat(path, extension, [ParquetExtension, NpyExtension]);
        }

        if (extension == ParquetExtension)
        {
            RequireNoScorePath(path, scorePath, "a Parquet");
        }

        return extension == NpyExtension;
    }

    private static void RequireNoScorePath(string path, string? scorePath, string kind)
    {
        if (scorePath is not null)
        {
            throw new GnnReRankException(
                "ScorePathNotUsed", ErrorKind.InvalidArgument,
                $"'{path}' is {kind} file, which holds the scores too: leave out the score path '{scorePath}'.");
        }
    }

    private static GnnReRankException UnknownFormat(string path, string ending, IEnumerable<string> known) => new(
        "UnknownFormat", ErrorKind.NotSupported,
        $"'{path}': the ending '{ending}' names no known graph format. Known are {FormatErrors.Listed(known)}.");

    private static void RequireDifferent(string path, string scores)
    {
        if (Path.GetFullPath(path) == Path.GetFullPath(scores))
        {
            throw new GnnReRankException(
                "SamePath", ErrorKind.InvalidArgument, $"'{path}' was given for the indices and for the scores: they need a file each.");
        }
    }
}
