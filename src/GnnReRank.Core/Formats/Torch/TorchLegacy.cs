using System.Buffers.Binary;
using System.Numerics;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Torch;

/// <summary>
/// The format of torch.save before PyTorch 1.6, and still that of tensors inside a pickle: a magic number, a version, the sizes of
/// types, the object and the keys of its storages, each a pickle, then the storages in that order.
/// </summary>
internal sealed class TorchLegacy
{
    private const int Version = 1001;

    private static readonly BigInteger s_magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> Start => [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    private readonly PickleInput _input;
    private readonly Func<long, long, Stream> _slice;
    private readonly CancellationToken _cancellation;
    private readonly TorchStorages _storages = new();

    private TorchLegacy(PickleInput input, Func<long, long, Stream> slice, CancellationToken cancellation)
    {
        _input = input;
        _slice = slice;
        _cancellation = cancellation;
    }

    /// <summary>Whether a file starts with the magic number, pickled.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> head) =>
        head.StartsWith(Start);

    /// <summary>Reads a file; its storages are read from it later.</summary>
    /// <exception cref="GnnReRankException">The file is damaged, or its pickle is refused.</exception>
    public static PickledData Open(string path, CancellationToken cancellation)
    {
        using FileStream stream = InputFile.OpenRead(path);
        long length = stream.Length;
        PickleInput input = new(stream, length, new PickleSite(path));
        TorchLegacy file = new(input, (start, count) => Slice(InputFile.OpenRead(path), start, count), cancellation);
        return new PickledData(path, file.Read(mayNest: true), length, Owner: null);
    }

    /// <summary>Reads what torch.storage._load_from_bytes is given: such a file in memory, whose object is a storage.</summary>
    /// <exception cref="GnnReRankException">It is damaged or holds something else.</exception>
    public static TorchStorage LoadStorage(byte[] bytes, string path)
    {
        using MemoryStream stream = new(bytes, writable: false);
        PickleInput input = new(stream, bytes.Length, new PickleSite(path));
        TorchLegacy file = new(input, (start, count) => new MemoryStream(bytes, (int)start, (int)count, writable: false), CancellationToken.None);
        return file.Read(mayNest: false) as TorchStorage ?? throw input.Site.Corrupt("the bytes of a tensor storage hold something else.");
    }

    private static BoundedStream Slice(FileStream file, long start, long count)
    {
        file.Position = start;
        return new BoundedStream(file, count);
    }

    private object? Read(bool mayNest)
    {
        if (Next(mayNest) is not BigInteger magic || magic != s_magic)
        {
            throw _input.Site.Corrupt("the magic number of torch.save is not there.");
        }

        if (Next(mayNest) is not (long)Version)
        {
            throw _input.Site.Unsupported($"this file of torch.save is of another version than {Version}.");
        }

        bool isBigEndian = Next(mayNest) is Dictionary<object, object?> system && system.GetValueOrDefault("little_endian") is bool isLittleEndian
            ? !isLittleEndian
            : throw _input.Site.Corrupt("the file does not say its byte order.");
        object? root = Next(mayNest);
        if (Next(mayNest) is not List<object?> keys)
        {
            throw _input.Site.Corrupt("the keys of the storages are no list.");
        }

        foreach (object? key in keys)
        {
            Locate(key, isBigEndian);
        }

        if (_input.Remaining > 0)
        {
            throw _input.Site.Corrupt($"{_input.Remaining:N0} bytes follow the last storage.");
        }

        if (_storages.ByKey.Values.FirstOrDefault(storage => storage.Open is null) is TorchStorage missing)
        {
            throw _input.Site.Corrupt($"the storage '{PickleSite.Shown(missing.Key)}' is named and not there.");
        }

        return root;
    }

    private object? Next(bool mayNest) => new PickleMachine(_input, _storages, mayNest ? LoadStorage : null).Run(_cancellation);

    private void Locate(object? key, bool isBigEndian)
    {
        if (key is not string name || !_storages.ByKey.TryGetValue(name, out TorchStorage? storage) || storage.Open is not null)
        {
            throw _input.Site.Corrupt("a storage is listed that no tensor names, or is listed twice.");
        }

        byte[] claimed = _input.ReadBytes(sizeof(long));
        long count = isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(claimed) : BinaryPrimitives.ReadInt64LittleEndian(claimed);
        if (count != storage.Count || storage.ByteCount > _input.Remaining)
        {
            throw _input.Site.Corrupt(
                $"the storage '{PickleSite.Shown(name)}' claims {storage.Count:N0} and {count:N0} elements, and {_input.Remaining:N0} bytes are left. It is cut short or damaged.");
        }

        long start = _input.Position;
        long length = storage.ByteCount;
        storage.IsBigEndian = isBigEndian;
        storage.Open = () => _slice(start, length);
        _input.Skip(length);
    }
}
