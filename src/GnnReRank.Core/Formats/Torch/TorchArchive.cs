using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Tensors;
using GnnReRank.Formats.Zip;

namespace GnnReRank.Formats.Torch;

/// <summary>The zip format of torch.save: NAME/data.pkl, and each storage as NAME/data/KEY.</summary>
internal sealed class TorchArchive : TorchStorages
{
    private const string Pickle = "data.pkl";

    // What torch.save writes is not compressed; so a pickle past its file's length was deflated by another program, which is read as far
    // as it is not made to fill memory.
    private const int LongestSmallPickle = 1 << 20;

    private readonly string _path;
    private readonly string _folder;
    private readonly ZipDirectory _archive;
    private readonly Dictionary<string, ZipMember> _members;
    private readonly bool _isBigEndian;

    private TorchArchive(string path, ZipDirectory archive)
    {
        _path = path;
        _archive = archive;
        _members = archive.Members.ToDictionary(member => member.Name);
        string name = _members.Keys.FirstOrDefault(entry => entry.EndsWith("/" + Pickle, StringComparison.Ordinal) && entry.Count(letter => letter == '/') == 1)
            ?? throw Corrupt("the zip file holds no 'data.pkl', so that torch.save did not write it.");
        _folder = name[..^Pickle.Length];
        if (_members.ContainsKey(_folder + "constants.pkl"))
        {
            throw FormatErrors.Unsupported(path, "this is a TorchScript model, not tensors. Save the features with torch.save or numpy.savez.");
        }

        _isBigEndian = _members.TryGetValue(_folder + "byteorder", out ZipMember? order) && IsBig(order);
    }

    /// <summary>Reads the pickle of an archive; its storages are read from the archive later, so it stays open.</summary>
    /// <exception cref="GnnReRankException">The archive is no such file, or its pickle is refused.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static PickledData Open(string path, CancellationToken cancellation)
    {
        ZipDirectory archive = new(path, cancellation);
        try
        {
            TorchArchive torch = new(path, archive);
            ZipMember pickle = torch.Member(torch._folder + Pickle);
            if (pickle.Length > Math.Max(archive.Length, LongestSmallPickle))
            {
                throw torch.Corrupt(
                    $"its pickle of {pickle.Length:N0} bytes is compressed to {pickle.CompressedLength:N0}, and the file has {archive.Length:N0}. Save it with torch.save, which does not compress.");
            }

            using Stream stream = archive.Open(pickle);
            object? root = PickleFile.Load(stream, pickle.Length, path, TorchLegacy.LoadStorage, cancellation, torch);
            return new PickledData(path, root, pickle.Length + torch.ByKey.Values.Sum(storage => storage.ByteCount), archive);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    protected override void Locate(TorchStorage storage, PickleSite site)
    {
        ZipMember member = Member($"{_folder}data/{storage.Key}");
        if (member.Length != storage.ByteCount)
        {
            throw site.Corrupt($"the storage '{PickleSite.Shown(storage.Key)}' claims {storage.ByteCount:N0} bytes, and '{PickleSite.Shown(member.Name)}' has {member.Length:N0}.");
        }

        storage.IsBigEndian = _isBigEndian;
        storage.IsChecked = true;
        storage.Open = () => _archive.Open(member);
    }

    private ZipMember Member(string name) =>
        _members.GetValueOrDefault(name) ?? throw Corrupt($"it holds no '{PickleSite.Shown(name)}'. It is cut short.");

    private bool IsBig(ZipMember order)
    {
        using Stream stream = _archive.Open(order);
        byte[] text = new byte[Math.Min(order.Length, "little".Length + 1)];
        stream.ReadExactly(text);
        return text.AsSpan().SequenceEqual("big"u8) || (text.AsSpan().SequenceEqual("little"u8)
            ? false
            : throw Corrupt($"its '{PickleSite.Shown(order.Name)}' is '{PickleSite.Shown(System.Text.Encoding.Latin1.GetString(text))}', and should be 'little' or 'big'."));
    }

    private GnnReRankException Corrupt(string what) => FormatErrors.Corrupt(_path, nameof(FeatureFormat.Torch), what);
}
