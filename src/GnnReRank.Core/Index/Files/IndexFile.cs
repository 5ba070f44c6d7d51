using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GnnReRank.Formats.Files;
using GnnReRank.Running;
using GnnReRank.Storage;
using Microsoft.Win32.SafeHandles;

namespace GnnReRank.Indexing.Files;

/// <summary>
/// An index file that is open: gives sections as they were written, or an error. Where another file takes its name, it
/// goes on with the one that it opened. Safe to share between threads.
/// </summary>
internal sealed class IndexFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly DateTime _written;

    private IndexFile(string path, FileStream stream)
    {
        (Path, _stream) = (path, stream);
        _written = File.GetLastWriteTimeUtc(Handle);
        Length = stream.Length;
        Directory = ReadDirectory();
    }

    public string Path { get; }

    public long Length { get; }

    public IndexDirectory Directory { get; }

    private SafeFileHandle Handle => _stream.SafeFileHandle;

    /// <summary>Opens a file, and reads what lies where in it.</summary>
    /// <exception cref="GnnReRankException">It is missing, no index, cut, or of another version.</exception>
    public static IndexFile Open(string path)
    {
        InputFile.Require(path, "the path of an index file");
        FileStream stream = InputFile.OpenRead(path, bufferSize: 0);
        try
        {
            return new IndexFile(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>The error for what cannot be as it is.</summary>
    /// <param name="how">What is wrong, as a sentence that begins with "its".</param>
    /// <param name="cause">What found it, if another did.</param>
    public GnnReRankException Broken(string how, Exception? cause = null) =>
        FormatErrors.Corrupt(Path, IndexLayout.Format, $"{how.TrimEnd('.')}. Copy or export it again.", cause);

    /// <summary>Cheap enough to be called for a single row.</summary>
    /// <exception cref="GnnReRankException">The file has become shorter.</exception>
    public void RequireLength()
    {
        if (RandomAccess.GetLength(Handle) is long length && length < Length)
        {
            throw Changed($"was cut to {length:N0} of {Length:N0} bytes");
        }
    }

    /// <summary>To be called before what was checked is used again.</summary>
    /// <exception cref="GnnReRankException">The file was written to.</exception>
    public void RequireUnchanged()
    {
        RequireLength();
        if (File.GetLastWriteTimeUtc(Handle) is DateTime now && now != _written)
        {
            throw Changed($"was written to at {now:O}");
        }
    }

    /// <summary>Maps the values of a section, which are not checked by that.</summary>
    public MappedStorage Map(IndexSection section, int rowCount, int dimension, FeatureElementType elementType) =>
        MappedStorage.Of(_stream, Path, section.Offset, rowCount, dimension, elementType);

    /// <summary>A section that must be there, of values of a type.</summary>
    /// <exception cref="GnnReRankException">It is not, or its values are of another size.</exception>
    public IndexSection Section<T>(string name)
        where T : unmanaged
    {
        IndexSection section = Directory.Find(name) ?? throw Broken($"its section '{name}' is missing");
        return section.ElementSize == Unsafe.SizeOf<T>()
            ? section
            : throw Broken($"its section '{name}' has values of {section.ElementSize} bytes, and {Unsafe.SizeOf<T>()} are expected");
    }

    /// <summary>All values of a section, checked.</summary>
    /// <param name="name">The section's name.</param>
    /// <param name="count">How many there must be; null takes any number.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">They are not there, or not as they were written.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public T[] Read<T>(string name, long? count, ComputeOptions options)
        where T : unmanaged
    {
        IndexSection section = Section<T>(name);
        RequireCount(section, count ?? section.Count);
        if (section.Count > Array.MaxLength)
        {
            throw Broken($"its section '{name}' has {section.Count:N0} values, and at most {Array.MaxLength:N0} can be");
        }

        T[] values = GC.AllocateUninitializedArray<T>((int)section.Count);
        int perBlock = IndexLayout.BlockBytes / Unsafe.SizeOf<T>();
        Workers.ForRanges(options.ThreadCount, section.BlockCount, 1, (block, _) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int first = block * perBlock;
            Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan(first, Math.Min(perBlock, values.Length - first)));
            ReadBytes(section, (long)block * IndexLayout.BlockBytes, bytes);
            Check(section, block, bytes);
        });
        return values;
    }

    /// <summary>The values of a section where it is there; null where it is not.</summary>
    public T[]? ReadOptional<T>(string name, long? count, ComputeOptions options)
        where T : unmanaged => Directory.Find(name) is null ? null : Read<T>(name, count, options);

    /// <exception cref="GnnReRankException">The section has another number of values.</exception>
    public void RequireCount(IndexSection section, long count)
    {
        if (section.Count != count)
        {
            throw Broken($"its section '{section.Name}' has {section.Count:N0} values, and {count:N0} are expected");
        }
    }

    /// <summary>Checks a section whose values are to be read in pieces afterwards.</summary>
    /// <exception cref="GnnReRankException">It is not as it was written.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Check(IndexSection section, ComputeOptions options)
    {
        int size = (int)Math.Min(IndexLayout.BlockBytes, section.Length);
        Workers.ForRanges(options.ThreadCount, section.BlockCount, 1, () => new BlockBuffer(size), (buffer, block, _) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            long offset = (long)block * IndexLayout.BlockBytes;
            Span<byte> bytes = buffer.Bytes.AsSpan(0, (int)Math.Min(size, section.Length - offset));
            ReadBytes(section, offset, bytes);
            Check(section, block, bytes);
        });
    }

    /// <summary>Checks a block.</summary>
    /// <param name="section">Whose block.</param>
    /// <param name="block">The block's number in the section.</param>
    /// <param name="values">Its values' bytes.</param>
    /// <exception cref="GnnReRankException">They, or the padding behind them, are not as they were written.</exception>
    public void Check(IndexSection section, int block, ReadOnlySpan<byte> values)
    {
        long offset = (long)block * IndexLayout.BlockBytes;
        Span<byte> hash = stackalloc byte[IndexLayout.HashBytes];
        int padding = (int)(IndexLayout.Padded(values.Length) - values.Length);
        if (padding == 0)
        {
            XxHash128.Hash(values, hash);
        }
        else
        {
            Span<byte> zeros = stackalloc byte[IndexLayout.Alignment];
            zeros = zeros[..padding];
            ReadBytes(section, section.Length, zeros);
            XxHash128 sum = new();
            sum.Append(values);
            sum.Append(zeros);
            sum.GetCurrentHash(hash);
        }

        if (!hash.SequenceEqual(Directory.HashOf(section, block)))
        {
            throw Damaged($"its section '{section.Name}'", section.Offset + offset, values.Length + padding);
        }
    }

    /// <summary>Reads bytes of a section, which are not checked by that.</summary>
    /// <param name="section">The section.</param>
    /// <param name="offset">The first byte, counted from the section's.</param>
    /// <param name="bytes">Receives them.</param>
    /// <exception cref="GnnReRankException">The file has become shorter.</exception>
    public void ReadBytes(IndexSection section, long offset, Span<byte> bytes) => ReadAt(section.Offset + offset, bytes);

    private IndexDirectory ReadDirectory()
    {
        byte[] page = ReadPage();
        (long offset, long length, byte[] hash) = IndexLayout.DirectoryOf(page);
        if (offset < IndexLayout.PageBytes || length < 0 || length > IndexDirectory.MostBytes(Length) || offset != Length - length)
        {
            throw Broken($"its directory is said to be the {length:N0} bytes from byte {offset:N0} on, and it has {Length:N0} bytes");
        }

        byte[] bytes = new byte[length];
        ReadAt(offset, bytes);
        return XxHash128.Hash(bytes).AsSpan().SequenceEqual(hash)
            ? IndexDirectory.Read(bytes, offset, out string fault) ?? throw Broken(fault)
            : throw Damaged("its directory", offset, length);
    }

    private byte[] ReadPage()
    {
        byte[] page = new byte[IndexLayout.PageBytes];
        int found = (int)Math.Min(page.Length, Length);
        ReadAt(0, page.AsSpan(0, found));
        int magic = Math.Min(IndexLayout.Magic.Length, found);
        if (!page.AsSpan(0, magic).SequenceEqual(IndexLayout.Magic[..magic]))
        {
            throw FormatErrors.Corrupt(
                Path, IndexLayout.Format, "it does not begin as one does. Give a file of Export-ReRankIndex.");
        }

        if (found < page.Length)
        {
            throw Broken($"its first page has {page.Length:N0} bytes, and it ends after {found:N0}");
        }

        if (!IndexLayout.IsWhole(page))
        {
            throw Damaged("its first page", 0, page.Length);
        }

        if (IndexLayout.VersionOf(page) is int version && version != IndexLayout.Version)
        {
            throw FormatErrors.Unsupported(
                Path, $"the index is of version {version}, written by '{IndexLayout.WriterOf(page)}', and this module reads version " +
                $"{IndexLayout.Version}. Update the module, or export it again.");
        }

        return IndexLayout.LengthOf(page) is long length && length == Length
            ? page
            : throw Broken($"its length is {Length:N0} bytes, and {length:N0} were written");
    }

    private void ReadAt(long offset, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(Handle, bytes, offset);
            if (read == 0)
            {
                throw Changed($"ends at byte {offset:N0}, where {bytes.Length:N0} more were");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }

    private GnnReRankException Damaged(string what, long offset, long length) => Broken(
        $"{what}, bytes {offset:N0} to {offset + length - 1:N0}, is not as it was written: its checksum is another");

    private GnnReRankException Changed(string how) => new(
        "IndexFileChanged", ErrorKind.InvalidData,
        $"'{Path}' {how} after the index was read from it, which cannot be used any more. Import it again; and replace index " +
        "files by renaming, as Export-ReRankIndex does.");

    private sealed class BlockBuffer(int size) : IDisposable
    {
        public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(size);

        public void Dispose()
        {
            // The collector's.
        }
    }
}
