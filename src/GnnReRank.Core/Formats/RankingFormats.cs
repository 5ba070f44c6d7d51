using GnnReRank.Formats.Rankings;
using GnnReRank.Formats.Rankings.Runs;

namespace GnnReRank.Formats;

/// <summary>The registry of ranking formats: who reads and who writes what.</summary>
internal static class RankingFormats
{
    // The formats that are written too come first.
    private static readonly (RankingFormat Format, string[] Endings)[] s_endings =
    [
        (RankingFormat.Parquet, [".parquet", ".pq"]),
        (RankingFormat.Csv, [".csv"]),
        (RankingFormat.JsonLines, [".jsonl", ".ndjson"]),
        (RankingFormat.Trec, [".trec", ".run"]),
        (RankingFormat.Csv, [".tsv"]),
        (RankingFormat.Trec, [".res", ".txt"]),
        (RankingFormat.Npy, [".npy"]),
        (RankingFormat.Npz, [".npz"]),
        (RankingFormat.Mat, [".mat"]),
        (RankingFormat.Hdf5, [".h5", ".hdf5"]),
        (RankingFormat.Ibin, [".ibin"]),
        (RankingFormat.Ivecs, [".ivecs"]),
    ];

    private const int WrittenCount = 4;

    public static (RankingFormat Format, IRankingWriter Writer) WriterFor(string path, RankingFormat? format)
    {
        RankingFormat wanted = format ?? FromEnding(path, isRead: false);
        return (wanted, wanted switch
        {
            RankingFormat.Parquet => new ParquetRankingWriter(),
            RankingFormat.Csv => new CsvRankingWriter(),
            RankingFormat.JsonLines => new JsonLinesRankingWriter(),
            RankingFormat.Trec => new TrecRankingWriter(path),
            RankingFormat other => throw new GnnReRankException(
                "FormatNotWritable", ErrorKind.NotSupported, $"'{path}': {other} rankings are read and not written. Use Parquet, Csv, JsonLines or Trec."),
        });
    }

    public static (RankingFormat Format, IRunReader Reader) ReaderFor(string path, RankingFormat? format)
    {
        RankingFormat wanted = format ?? FromEnding(path, isRead: true);
        return (wanted, wanted switch
        {
            RankingFormat.Parquet => new ParquetRunReader(),
            RankingFormat.Csv => new CsvRunReader(),
            RankingFormat.JsonLines => new JsonLinesRunReader(),
            RankingFormat.Trec => new TrecRunReader(),
            RankingFormat.Ibin or RankingFormat.Ivecs => new IndexListRunReader(wanted),
            _ => new ArrayRunReader(wanted),
        });
    }

    private static RankingFormat FromEnding(string path, bool isRead)
    {
        (RankingFormat Format, string[] Endings)[] known = isRead ? s_endings : s_endings[..WrittenCount];
        string ending = isRead ? RunPath.BareEnding(path) : Path.GetExtension(path).ToLowerInvariant();
        foreach ((RankingFormat format, string[] endings) in known)
        {
            if (endings.Contains(ending))
            {
                return format;
            }
        }

        throw new GnnReRankException(
            "UnknownFormat", ErrorKind.NotSupported,
            $"'{path}': the ending '{ending}' names no known ranking format. " +
            $"Known are {string.Join(", ", known.SelectMany(each => each.Endings).Select(each => $"'{each}'"))}; or name one with -Format.");
    }
}
