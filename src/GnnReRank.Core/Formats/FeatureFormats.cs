using GnnReRank.Formats.Arrow;
using GnnReRank.Formats.BigAnn;
using GnnReRank.Formats.Delimited;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Hdf5;
using GnnReRank.Formats.Mat;
using GnnReRank.Formats.Npy;
using GnnReRank.Formats.NpyFolder;
using GnnReRank.Formats.Npz;
using GnnReRank.Formats.Parquet;
using GnnReRank.Formats.Pickled;
using GnnReRank.Formats.Safetensors;
using GnnReRank.Formats.Tables;
using GnnReRank.Formats.Vecs;

namespace GnnReRank.Formats;

/// <summary>The registry of feature formats: who reads and who writes what.</summary>
internal static class FeatureFormats
{
    private const string GzipEnding = ".gz";

    public static IReadOnlyList<IFeatureReader> Readers { get; } =
    [
        new ParquetFeatureReader(),
        new ArrowFeatureReader(),
        new NpyReader(),
        new NpzReader(),
        new Hdf5Reader(),
        new MatReader(),
        new DelimitedFeatureReader(FeatureFormat.Csv),
        new DelimitedFeatureReader(FeatureFormat.Tsv),
        new SafetensorsReader(),
        new VecsReader(FeatureFormat.Fvecs),
        new VecsReader(FeatureFormat.Bvecs),
        new VecsReader(FeatureFormat.Ivecs),
        new BigAnnReader(FeatureFormat.Fbin),
        new BigAnnReader(FeatureFormat.F16bin),
        new BigAnnReader(FeatureFormat.Ibin),
        new BigAnnReader(FeatureFormat.U8bin),
        new BigAnnReader(FeatureFormat.I8bin),
        new NpyFolderReader(),
        new PickleReader(FeatureFormat.Pickle, ".pkl", ".pickle"),
        new PickleReader(FeatureFormat.Torch, ".pt", ".pth", ".bin"),
    ];

    public static IReadOnlyList<IFeatureWriter> Writers { get; } =
    [
        new ParquetFeatureWriter(),
        new ArrowFeatureWriter(),
        new NpyWriter(),
        new NpzWriter(),
        new DelimitedFeatureWriter(FeatureFormat.Csv, isCompressed: false),
        new DelimitedFeatureWriter(FeatureFormat.Tsv, isCompressed: false),
        new SafetensorsWriter(),
        new FvecsWriter(),
    ];

    public static IFeatureReader ReaderFor(string path, FeatureFormat? format) =>
        Readers.First(reader => reader.Format == (format ?? (Directory.Exists(path) ? FeatureFormat.NpyFolder : FromExtension(path))));

    public static IFeatureWriter WriterFor(string path, FeatureFormat? format)
    {
        FeatureFormat wanted = format ?? FromExtension(path);
        if (wanted is FeatureFormat.Csv or FeatureFormat.Tsv && path.EndsWith(GzipEnding, StringComparison.OrdinalIgnoreCase))
        {
            return new DelimitedFeatureWriter(wanted, isCompressed: true);
        }

        return Writers.FirstOrDefault(writer => writer.Format == wanted) ?? throw new GnnReRankException(
            "FormatNotWritable", ErrorKind.NotSupported,
            $"'{path}': {wanted} files are read and not written. Use one of: {FormatErrors.Listed(Writers.Select(writer => writer.Format.ToString()))}.");
    }

    /// <summary>The formats whose signature the file's first bytes show; formats without one are left out.</summary>
    public static IEnumerable<FeatureFormat> Recognize(byte[] head) =>
        Readers.Where(reader => reader.HasSignature && reader.Recognizes(head)).Select(reader => reader.Format);

    private static string HintFor(string path) => Path.GetExtension(path).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson"
        ? " JSON is read by PowerShell itself: Get-Content FILE | ConvertFrom-Json | ConvertTo-FeatureMatrix -Property PROPERTY, with -Label, -Camera and -Name."
        : string.Empty;

    // The longest ending that fits: .csv.gz is one, and .gz is none.
    private static FeatureFormat FromExtension(string path)
    {
        IFeatureReader? reader = Readers.MaxBy(candidate => EndingLength(candidate, path));
        return reader is not null && EndingLength(reader, path) > 0 ? reader.Format : throw new GnnReRankException(
            "UnknownFormat", ErrorKind.NotSupported,
            $"'{path}': the ending '{Path.GetExtension(path)}' names no known feature format. " +
            $"Known are {string.Join(", ", Readers.SelectMany(known => known.Extensions).Select(ending => $"'{ending}'"))}; or name one with -Format." + HintFor(path));
    }

    private static int EndingLength(IFeatureReader reader, string path) => reader.Extensions
        .Where(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        .Select(ending => ending.Length).DefaultIfEmpty().Max();
}
