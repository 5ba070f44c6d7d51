using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.BigAnn;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Npy;
using GnnReRank.Formats.Vecs;

namespace GnnReRank.Formats.Graphs.Reading;

/// <summary>
/// Graphs as a file of indices and one of scores: .npy, .ibin and .fbin, .ivecs and .fvecs. A .npy file of
/// floating-point numbers alone is a square matrix of scores.
/// </summary>
internal static class PairFiles
{
    private const string Npy = ".npy";
    private const string Ibin = ".ibin";
    private const string Fbin = ".fbin";
    private const string Ivecs = ".ivecs";
    private const string Fvecs = ".fvecs";
    private const string ScoreFile = "the path of the file with the scores";

    /// <summary>The endings of the files of indices.</summary>
    public static IReadOnlyList<string> Endings { get; } = [Npy, Ibin, Ivecs];

    /// <summary>The file with the scores where none is named: NAME.scores.npy, NAME.fbin, NAME.fvecs.</summary>
    public static string ScorePathBeside(string path) => Path.ChangeExtension(path, EndingOf(path) switch
    {
        Ibin => Fbin,
        Ivecs => Fvecs,
        _ => $".scores{Npy}",
    });

    /// <summary>Reads a graph.</summary>
    /// <exception cref="GnnReRankException">A file is missing or unusable, or a list makes no sense.</exception>
    public static NeighborGraph Read(string path, GraphReadOptions options)
    {
        InputFile.Require(path, "the path of a graph file");
        if (options.ScorePath is not null)
        {
            InputFile.Require(options.ScorePath, ScoreFile);
        }

        return Use(path, EndingOf(path), areScores: false, indices => Read(indices, path, options));
    }

    private static NeighborGraph Read(NumericArray indices, string path, GraphReadOptions options)
    {
        if (options.ScorePath is null && EndingOf(path) == Ibin)
        {
            using BigAnnFile file = new(path, FeatureFormat.Ibin);
            if (file.HasDistances)
            {
                return Made(indices, file.Distances(), options);
            }
        }

        string scores = options.ScorePath ?? ScorePathBeside(path);
        if (options.ScorePath is null && !File.Exists(scores))
        {
            return indices.Type.Kind == ElementKind.FloatingPoint ? SquareMatrix.Read(indices, options)
                : ScoresOfFeatures.AreKnown(options) ? ScoresOfFeatures.Read(indices, options)
                : throw new GnnReRankException(
                    "GraphScoresMissing", ErrorKind.NotFound,
                    $"'{path}' holds the neighbours alone, and their scores are not beside it: " +
                    $"'{Path.GetFileName(scores)}' does not exist. Name the file that holds them with -ScorePath, or " +
                    "give the features, -Query and -Gallery, which their cosines are then taken from.");
        }

        InputFile.Require(scores, ScoreFile);
        string ending = EndingOf(scores) is Npy or Fbin or Fvecs ? EndingOf(scores) : EndingOf(path);
        return Use(scores, ending, areScores: true, array => Made(indices, array, options));
    }

    private static NeighborGraph Made(NumericArray indices, NumericArray scores, GraphReadOptions options) =>
        GraphBuilder.Build(
            ArrayLists.Read(indices, scores, options.Compute), options.ScoreKind ?? GraphScoreKind.Cosine, options);

    private static T Use<T>(string path, string ending, bool areScores, Func<NumericArray, T> use)
    {
        if (ending == Npy)
        {
            return NpyFile.Read(path, use);
        }

        bool isBin = ending is Ibin or Fbin;
        FeatureFormat format = isBin
            ? areScores ? FeatureFormat.Fbin : FeatureFormat.Ibin
            : areScores ? FeatureFormat.Fvecs : FeatureFormat.Ivecs;
        try
        {
            using IArrayFile file = isBin ? new BigAnnFile(path, format) : new VecsFile(path, format);
            return use(file.Numbers(file.Names[0]));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(
                path, format.ToString(), $"it is cut short, damaged or unreadable " +
                    $"({fault.Message.TrimEnd('.')}).", fault);
        }
    }

    private static string EndingOf(string path) => Path.GetExtension(path).ToLowerInvariant();
}
