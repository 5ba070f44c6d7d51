using System.IO.Compression;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Pickle;

namespace GnnReRank.Formats.Torch;

/// <summary>The zip format of torch.save: NAME/data.pkl, and each storage as NAME/data/KEY.</summary>
internal sealed class TorchArchive : TorchStorages
{
    private const string Pickle = "data.pkl";

    private readonly string _path;
    private readonly string _folder;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];
    private readonly bool _isBigEndian;

    private TorchArchive(string path, ZipArchive archive)
    {
        _path = path;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!_entries.TryAdd(entry.FullName, entry))
            {
                throw Corrupt($"it holds '{PickleSite.Shown(entry.FullName)}' twice.");
            }
        }

        string name = _entries.Keys.FirstOrDefault(entry => entry.EndsWith("/" + Pickle, StringComparison.Ordinal) && entry.Count(letter => letter == '/') == 1)
            ?? throw Corrupt("the zip file holds no 'data.pkl', so that torch.save did not write it.");
        _folder = name[..^Pickle.Length];
        if (_entries.ContainsKey(_folder + "constants.pkl"))
        {
            throw FormatErrors.Unsupported(path, "this is a TorchScript model, not tensors. Save the features with torch.save or numpy.savez.");
        }

        _isBigEndian = _entries.TryGetValue(_folder + "byteorder", out ZipArchiveEntry? order) && IsBig(order);
    }

    /// <summary>Reads the pickle of an archive; its storages are read from the archive later, so it stays open.</summary>
    /// <exception cref="GnnReRankException">The archive is no such file, or its pickle is refused.</exception>
    public static PickledData Open(string path, CancellationToken cancellation)
    {
        FileStream file = InputFile.OpenRead(path);
        try
        {
            ZipArchive archive = new(file, ZipArchiveMode.Read);
            TorchArchive torch = new(path, archive);
            ZipArchiveEntry entry = torch.Checked(torch._folder + Pickle);
            using Stream stream = torch.Stream(entry);
            object? root = PickleFile.Load(stream, entry.Length, path, cancellation, torch);
            torch.CheckOverlap();
            return new PickledData(path, root, entry.Length + torch.ByKey.Values.Sum(storage => storage.ByteCount), archive);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    protected override void Locate(TorchStorage storage, PickleSite site)
    {
        ZipArchiveEntry entry = Checked($"{_folder}data/{storage.Key}");
        if (entry.Length != storage.ByteCount)
        {
            throw site.Corrupt($"the storage '{PickleSite.Shown(storage.Key)}' claims {storage.ByteCount:N0} bytes, and '{PickleSite.Shown(entry.FullName)}' has {entry.Length:N0}.");
        }

        storage.IsBigEndian = _isBigEndian;
        storage.Open = () => Stream(entry);
    }

    // Entries that share their bytes would let a small file hold any number of large storages.
    private void CheckOverlap()
    {
        Int128 claimed = 0;
        foreach (ZipArchiveEntry entry in _entries.Values)
        {
            claimed += entry.CompressedLength;
        }

        long length = InputFile.LengthOf(_path);
        if (claimed > length)
        {
            throw Corrupt($"its entries claim {claimed:N0} bytes, and the file has {length:N0}.");
        }
    }

    private ZipArchiveEntry Checked(string name)
    {
        ZipArchiveEntry entry = _entries.GetValueOrDefault(name) ?? throw Corrupt($"it holds no '{PickleSite.Shown(name)}'. It is cut short.");
        if (entry.IsEncrypted)
        {
            throw FormatErrors.Unsupported(_path, $"'{PickleSite.Shown(name)}' is encrypted. Save the archive without a password.");
        }

        return Deflate.CanHold(entry.CompressedLength, entry.Length)
            ? entry
            : throw Corrupt($"'{PickleSite.Shown(name)}' claims {entry.Length:N0} bytes, and its {entry.CompressedLength:N0} compressed bytes cannot hold as many.");
    }

    private BoundedStream Stream(ZipArchiveEntry entry) => new(entry.Open(), entry.Length, entry.Crc32);

    private static bool IsBig(ZipArchiveEntry order)
    {
        Span<byte> text = stackalloc byte[3];
        using Stream stream = order.Open();
        return stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) == text.Length && text.SequenceEqual("big"u8);
    }

    private GnnReRankException Corrupt(string what) => FormatErrors.Corrupt(_path, nameof(FeatureFormat.Torch), what);
}
