using System.IO.Compression;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Npy;

namespace GnnReRank.Formats.Npz;

/// <summary>An open .npz archive: a zip file whose entries NAME.npy are arrays.</summary>
internal sealed class NpzFile : IArrayFile
{
    private const string Format = nameof(FeatureFormat.Npz);
    private const string ArrayEnding = ".npy";

    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    /// <exception cref="GnnReRankException">The archive names an array twice.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public NpzFile(string path)
    {
        Path = path;
        _file = InputFile.OpenRead(path);
        try
        {
            _archive = new ZipArchive(_file, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in _archive.Entries.Where(entry => entry.FullName.EndsWith(ArrayEnding, StringComparison.Ordinal)))
            {
                if (!_entries.TryAdd(entry.FullName[..^ArrayEnding.Length], entry))
                {
                    throw FormatErrors.Corrupt(path, Format, $"it holds '{entry.FullName}' twice.");
                }
            }
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public IReadOnlyList<string> Names => [.. _entries.Keys];

    public NumericArray Numbers(string name) => Array(name).Numbers();

    public TextArray Text(string name) => Array(name).Strings();

    public void Dispose() => _archive.Dispose();

    private NpyArray Array(string name)
    {
        ZipArchiveEntry entry = _entries[name];
        if (entry.IsEncrypted)
        {
            throw FormatErrors.Unsupported(Path, $"array '{name}' is encrypted. Save the archive without a password.");
        }

        if (!Deflate.CanHold(entry.CompressedLength, entry.Length))
        {
            throw FormatErrors.Corrupt(
                Path, Format, $"'{entry.FullName}' claims {entry.Length:N0} bytes, and its {entry.CompressedLength:N0} compressed bytes cannot hold as many.");
        }

        return new NpyArray(
            Path, Format, name, entry.Length, () => new BoundedStream(entry.Open(), entry.Length, entry.Crc32),
            headerLength => DataStart(entry, headerLength));
    }

    // No library call tells where an entry's bytes lie. But an entry that is stored as it is is read straight from the file, which
    // therefore stands at the first element once the header has been read; that the header lies before it is the proof.
    private long? DataStart(ZipArchiveEntry entry, int headerLength)
    {
        byte[] header = new byte[headerLength];
        using Stream stream = entry.Open();
        stream.ReadExactly(header);
        long dataStart = _file.Position;
        if (entry.CompressedLength != entry.Length || dataStart < headerLength)
        {
            return null;
        }

        byte[] found = new byte[headerLength];
        _file.Position = dataStart - headerLength;
        _file.ReadExactly(found);
        return found.AsSpan().SequenceEqual(header) ? dataStart : null;
    }
}
