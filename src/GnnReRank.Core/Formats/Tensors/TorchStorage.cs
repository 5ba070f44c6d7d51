using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Tensors;

/// <summary>The memory behind tensors: its type and size as the pickle claims them, and where its bytes are once the file says so.</summary>
internal sealed class TorchStorage
{
    private byte[]? _bytes;

    public TorchStorage(string key, TorchElement element, long count)
    {
        Key = key;
        Element = element;
        Count = count;
    }

    /// <summary>Its name in the file.</summary>
    public string Key { get; }

    /// <summary>The type of its elements.</summary>
    public TorchElement Element { get; }

    /// <summary>How many elements it claims to hold.</summary>
    public long Count { get; }

    /// <summary>Whether the highest byte of an element comes first.</summary>
    public bool IsBigEndian { get; set; }

    /// <summary>Whether a checksum is verified where its stream is read to the end.</summary>
    public bool IsChecked { get; set; }

    /// <summary>Opens a stream of exactly the claimed elements; set once that many are known to be there.</summary>
    public Func<Stream>? Open { get; set; }

    /// <summary>The bytes it claims to hold; negative where no number holds them.</summary>
    public long ByteCount => Count < 0 || Count > long.MaxValue / Element.Size ? -1 : Count * Element.Size;

    /// <summary>All bytes, read once: rows may be views of one storage by the thousand.</summary>
    /// <exception cref="GnnReRankException">Memory does not suffice.</exception>
    public byte[] Bytes(string path)
    {
        if (_bytes is null)
        {
            using Stream stream = Open!();
            byte[] bytes = Allocate(ByteCount, path);
            stream.ReadExactly(bytes);
            StreamEnd.Check(stream);
            _bytes = bytes;
        }

        return _bytes;
    }

    /// <summary>An array of so many bytes.</summary>
    /// <exception cref="GnnReRankException">Memory does not suffice.</exception>
    public byte[] Allocate(long count, string path)
    {
        try
        {
            return count >= 0 && count <= Array.MaxLength ? new byte[count] : throw NotEnoughMemory(count, path);
        }
        catch (OutOfMemoryException exception)
        {
            throw NotEnoughMemory(count, path, exception);
        }
    }

    private GnnReRankException NotEnoughMemory(long count, string path, Exception? cause = null) => new(
        "NotEnoughMemory", ErrorKind.TooLarge,
        $"'{path}': {count:N0} bytes of the tensor storage '{Key}' do not fit in memory. Save the features as one contiguous float32 tensor, or with numpy.save.", cause);
}
