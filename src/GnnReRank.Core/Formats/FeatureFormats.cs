using GnnReRank.Formats.Arrow;
using GnnReRank.Formats.Delimited;
using GnnReRank.Formats.Mat;
using GnnReRank.Formats.Npy;
using GnnReRank.Formats.Npz;
using GnnReRank.Formats.Parquet;
using GnnReRank.Formats.Pickle;

namespace GnnReRank.Formats;

/// <summary>The registry of feature formats: who reads and who writes what.</summary>
internal static class FeatureFormats
{
    public static IReadOnlyList<IFeatureReader> Readers { get; } =
    [
        new ParquetFeatureReader(),
        new ArrowFeatureReader(),
        new NpyReader(),
        new NpzReader(),
        new MatReader(),
        new DelimitedFeatureReader(FeatureFormat.Csv),
        new DelimitedFeatureReader(FeatureFormat.Tsv),
        new PickleReader(FeatureFormat.Pickle, ".pkl", ".pickle"),
        new PickleReader(FeatureFormat.Torch, ".pt", ".pth", ".bin"),
    ];

    public static IReadOnlyList<IFeatureWriter> Writers { get; } =
    [
        new ParquetFeatureWriter(),
        new ArrowFeatureWriter(),
        new NpyWriter(),
        new NpzWriter(),
        new DelimitedFeatureWriter(FeatureFormat.Csv),
        new DelimitedFeatureWriter(FeatureFormat.Tsv),
    ];

    public static IFeatureReader ReaderFor(string path, FeatureFormat? format) =>
        Readers.First(reader => reader.Format == (format ?? FromExtension(path)));

    public static IFeatureWriter WriterFor(string path, FeatureFormat? format)
    {
        FeatureFormat wanted = format ?? FromExtension(path);
        return Writers.FirstOrDefault(writer => writer.Format == wanted) ?? throw new GnnReRankException(
            "FormatNotWritable", ErrorKind.NotSupported,
            $"'{path}': {wanted} files are read and not written. Use one of: {FormatErrors.Listed(Writers.Select(writer => writer.Format.ToString()))}.");
    }

    /// <summary>The formats whose signature the file's first bytes show.</summary>
    public static IEnumerable<FeatureFormat> Recognize(byte[] head) =>
        Readers.Where(reader => reader.Recognizes(head)).Select(reader => reader.Format);

    private static FeatureFormat FromExtension(string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        IFeatureReader? reader = Readers.FirstOrDefault(candidate => candidate.Extensions.Contains(extension));
        return reader?.Format ?? throw new GnnReRankException(
            "UnknownFormat", ErrorKind.NotSupported,
            $"'{path}': the ending '{extension}' names no known feature format. " +
            $"Known are {FormatErrors.Listed(Readers.SelectMany(known => known.Extensions))}; or name one with -Format.");
    }
}
