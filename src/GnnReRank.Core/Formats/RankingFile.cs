using GnnReRank.Formats;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Rankings;
using GnnReRank.Formats.Rankings.Runs;
using GnnReRank.Formats.Tables;

namespace GnnReRank;

/// <summary>Writes rankings for other programs, and reads the runs of others.</summary>
public static class RankingFile
{
    private const int HeadLength = 1024;

    /// <summary>Writes one ranking.</summary>
    /// <param name="path">The file's path; its ending (.parquet, .csv, .jsonl, .trec) says the format unless it is given.</param>
    /// <param name="ranking">What to write.</param>
    /// <param name="top">How many ranks a query to write, at least 1; null, or more than there are, writes all.</param>
    /// <param name="format">The format; null goes by the extension.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="compute">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">The file is there already, the format is unknown or not written, or <paramref name="top"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static void Write(
        string path, Ranking ranking, int? top = null, RankingFormat? format = null, bool overwrite = false, ComputeOptions? compute = null)
    {
        if (top < 1)
        {
            throw new GnnReRankException("InvalidTop", ErrorKind.InvalidArgument, $"Top is {top}: it counts ranks, so it must be at least 1.");
        }

        (RankingFormat wanted, IRankingWriter writer) = RankingFormats.WriterFor(path, format);
        WritableTexts.Require(path, wanted, ranking);
        int depth = Math.Min(top ?? ranking.Depth, ranking.Depth);
        AtomicFile.Write(path, overwrite, temporary => writer.Write(temporary, ranking, depth, compute ?? ComputeOptions.Default));
    }

    /// <summary>Reads a run: what <see cref="Write"/> writes, what other systems write so, and arrays of scores, distances or indices.</summary>
    /// <param name="path">The file's path; its ending says the format unless the options do. Text may be compressed with gzip.</param>
    /// <param name="query">The queries of the run.</param>
    /// <param name="gallery">The gallery of the run.</param>
    /// <param name="options">How it is read; null takes the defaults.</param>
    /// <returns>The ranking. Lists are as long as the run has them; a query of which it has none gets a list of length 0.</returns>
    /// <exception cref="GnnReRankException">The file is missing or not usable, or names images that the matrices do not have.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static Ranking Read(string path, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(gallery);
        options ??= new RankingReadOptions();
        InputFile.Require(path, "the path of a run");
        (RankingFormat format, IRunReader reader) = RankingFormats.ReaderFor(path, options.Format);
        RunOptionChecks.Check(path, format, options);
        byte[] head = new byte[HeadLength];
        using (FileStream file = InputFile.OpenRead(path))
        {
            Array.Resize(ref head, file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false));
        }

        return reader.Recognizes(head)
            ? reader.Read(path, query, gallery, options)
            : throw new GnnReRankException(
                "WrongFormat", ErrorKind.InvalidData, $"'{path}' does not start like a {format} run. Rename it, or say its format with -Format.");
    }
}
