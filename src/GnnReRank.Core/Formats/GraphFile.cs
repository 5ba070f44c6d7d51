using GnnReRank.Formats.BigAnn;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Hdf5;
using GnnReRank.Formats.Npy;
using GnnReRank.Formats.Parquet;

namespace GnnReRank;

/// <summary>
/// Reads and writes neighbour graphs: Parquet, or a pair of .npy files as faiss users have them. Reads .ibin of the big-ann benchmarks and HDF5
/// under the names of ann-benchmarks too.
/// </summary>
public static class GraphFile
{
    private const string ParquetExtension = ".parquet";
    private const string NpyExtension = ".npy";
    private const string IbinExtension = ".ibin";
    private const string FbinExtension = ".fbin";

    private static readonly string[] s_hdf5Extensions = [".h5", ".hdf5"];

    /// <summary>Reads a graph.</summary>
    /// <param name="path">A .parquet file, an HDF5 file with neighbors and distances, or the .npy or .ibin file with the indices (n x k, 0-based, -1 padding).</param>
    /// <param name="scorePath">
    /// The file with the scores (n x k), a .npy beside .npy indices and a .fbin beside .ibin; null takes NAME.scores.npy, or for .ibin what
    /// follows the indices, else NAME.fbin.
    /// </param>
    /// <param name="scoreKind">What the scores of a .npy or .ibin graph are, and of an HDF5 file whose attribute 'distance' does not say it.</param>
    /// <param name="compute">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">A file is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static NeighborGraph Read(
        string path, string? scorePath = null, GraphScoreKind scoreKind = GraphScoreKind.Cosine, ComputeOptions? compute = null)
    {
        compute ??= ComputeOptions.Default;
        if (IsIbin(path))
        {
            return ReadIbin(path, scorePath, scoreKind, compute);
        }

        if (s_hdf5Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            RequireNoScorePath(path, scorePath, "an HDF5");
            InputFile.Require(path, "the path of a graph file");
            return Hdf5Graph.Read(path, scoreKind, compute);
        }

        bool isNpy = IsNpy(path, scorePath);
        InputFile.Require(path, "the path of a graph file");
        if (!isNpy)
        {
            return ParquetGraph.Read(path, compute);
        }

        string scores = scorePath ?? ScorePathBeside(path);
        RequireScores(path, scorePath, scores);
        return NpyGraph.Read(path, scores, scoreKind, compute);
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
        PublicList.Of<string>(IsNpy(path, scorePath) ? [path, scorePath ?? ScorePathBeside(path)] : [path]);

    private static bool IsIbin(string path) => Path.GetExtension(path).Equals(IbinExtension, StringComparison.OrdinalIgnoreCase);

    private static NeighborGraph ReadIbin(string path, string? scorePath, GraphScoreKind scoreKind, ComputeOptions compute)
    {
        InputFile.Require(path, "the path of a graph file");
        string? scores = scorePath ?? (BigAnnGraph.HasScores(path) ? null : Path.ChangeExtension(path, FbinExtension));
        if (scores is not null)
        {
            RequireScores(path, scorePath, scores);
        }

        return BigAnnGraph.Read(path, scores, scoreKind, compute);
    }

    private static bool IsNpy(string path, string? scorePath)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is not (ParquetExtension or NpyExtension))
        {
            throw new GnnReRankException(
                "UnknownFormat", ErrorKind.NotSupported,
                $"'{path}': the ending '{extension}' names no known graph format. Known are '{ParquetExtension}' and '{NpyExtension}', and for reading '{IbinExtension}', {string.Join(" and ", s_hdf5Extensions.Select(each => $"'{each}'"))}.");
        }

        if (extension == ParquetExtension)
        {
            RequireNoScorePath(path, scorePath, "a Parquet");
        }

        return extension == NpyExtension;
    }

    private static void RequireScores(string path, string? named, string scores)
    {
        if (named is null && !File.Exists(scores))
        {
            throw new GnnReRankException(
                "GraphScoresMissing", ErrorKind.NotFound,
                $"'{path}' holds the neighbours alone, and their scores are not beside it: '{Path.GetFileName(scores)}' does not exist. Name the file that holds them with -ScorePath.");
        }

        InputFile.Require(scores, "the path of the file with the scores");
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

    private static string ScorePathBeside(string indexPath) => Path.ChangeExtension(indexPath, $".scores{NpyExtension}");

    private static void RequireDifferent(string path, string scores)
    {
        if (Path.GetFullPath(path) == Path.GetFullPath(scores))
        {
            throw new GnnReRankException(
                "SamePath", ErrorKind.InvalidArgument, $"'{path}' was given for the indices and for the scores: they need a file each.");
        }
    }
}
