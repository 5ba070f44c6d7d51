using GnnReRank.Formats.Files;
using GnnReRank.Storage;
using Microsoft.Win32.SafeHandles;

namespace GnnReRank.Indexing.Files;

/// <summary>
/// The bytes of an index file that is open. Where another file takes its name, they are still those of the one that was
/// opened. Safe to share between threads.
/// </summary>
internal sealed class IndexBytes : IDisposable
{
    private readonly FileStream _stream;
    private readonly DateTime _written;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="GnnReRankException">It is missing, empty, or no regular file.</exception>
    public IndexBytes(string path)
    {
        InputFile.Require(path, "the path of an index file");
        Path = path;
        _stream = InputFile.OpenRead(path, bufferSize: 0);
        _written = File.GetLastWriteTimeUtc(Handle);
        Length = _stream.Length;
    }

    public string Path { get; }

    public long Length { get; }

    private SafeFileHandle Handle => _stream.SafeFileHandle;

    public void Dispose() => _stream.Dispose();

    /// <summary>The error for what cannot be as it is.</summary>
    /// <param name="how">What is wrong, as a sentence that begins with "its".</param>
    /// <param name="cause">What found it, if another did.</param>
    public GnnReRankException Broken(string how, Exception? cause = null) =>
        FormatErrors.Corrupt(Path, IndexLayout.Format, $"{how.TrimEnd('.')}. Copy or export it again.", cause);

    /// <summary>The error for bytes whose checksum is another.</summary>
    public GnnReRankException Damaged(string what, long offset, long length) => Broken(
        $"{what}, bytes {offset:N0} to {offset + length - 1:N0}, is not as it was written: its checksum is another");

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

    /// <summary>Maps values, which are not checked by that.</summary>
    public MappedStorage Map(long offset, int rowCount, int dimension, FeatureElementType elementType) =>
        MappedStorage.Of(_stream, Path, offset, rowCount, dimension, elementType);

    /// <summary>Reads bytes.</summary>
    /// <exception cref="GnnReRankException">The file has become shorter.</exception>
    public void ReadAt(long offset, Span<byte> bytes)
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

    private GnnReRankException Changed(string how) => new(
        "IndexFileChanged", ErrorKind.InvalidData,
        $"'{Path}' {how} after the index was read from it, which cannot be used any more. Import it again; and " +
        "replace index files by renaming, as Export-ReRankIndex does.");
}
