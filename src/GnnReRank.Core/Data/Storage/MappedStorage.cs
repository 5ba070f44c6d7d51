using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace GnnReRank.Storage;

/// <summary>
/// Values that stay in their file: the system reads pages as they are touched and forgets them when memory is short, so there may be
/// more of them than memory, and more than an array holds.
/// </summary>
/// <remarks>
/// Nobody disposes of a matrix in a pipeline, so the mapping ends when the storage is collected. No span over it leaves this class's
/// callers: they get copies, or hold a <see cref="PinnedRows"/>, which holds the storage.
/// </remarks>
internal sealed unsafe class MappedStorage : FeatureStorage
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly MappedSource _source;

    private MappedStorage(
        MemoryMappedFile file, MemoryMappedViewAccessor view, MappedSource source, int rowCount, int dimension, FeatureElementType elementType)
        : base(rowCount, dimension, elementType) => (_file, _view, _source) = (file, view, source);

    public override bool IsMemoryMapped => true;

    /// <summary>Maps a part of a file, which stays open for reading: other programs can read it too, and .NET's cannot write to it.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="offset">The byte where the first value starts; any alignment will do.</param>
    /// <param name="rowCount">The number of rows, at least 1.</param>
    /// <param name="dimension">The number of values a row, at least 1.</param>
    /// <param name="elementType">The precision of the values, which are in this machine's byte order.</param>
    /// <exception cref="IOException">The file is shorter than that, or the system cannot map it.</exception>
    public static MappedStorage Open(string path, long offset, int rowCount, int dimension, FeatureElementType elementType)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            return Of(stream, path, offset, rowCount, dimension, elementType);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Maps a part of a file that is open already, and stays so as long as the values are used.</summary>
    /// <param name="stream">The open file.</param>
    /// <param name="path">The file's path, for people.</param>
    /// <param name="offset">The byte where the first value starts; any alignment will do.</param>
    /// <param name="rowCount">The number of rows, at least 1.</param>
    /// <param name="dimension">The number of values a row, at least 1.</param>
    /// <param name="elementType">The precision of the values, as above.</param>
    /// <exception cref="IOException">The file is shorter than that, or the system cannot map it.</exception>
    public static MappedStorage Of(
        FileStream stream, string path, long offset, int rowCount, int dimension, FeatureElementType elementType)
    {
        long size = (long)rowCount * dimension * (elementType == FeatureElementType.Float16 ? sizeof(ushort) : sizeof(float));
        if (offset > stream.Length - size)
        {
            throw new EndOfStreamException($"{size:N0} bytes were expected at byte {offset:N0}, and the file has {stream.Length:N0} in all.");
        }

        MemoryMappedFile file = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        try
        {
            MemoryMappedViewAccessor view = file.CreateViewAccessor(offset, size, MemoryMappedFileAccess.Read);
            return new MappedStorage(file, view, new MappedSource(path, stream.SafeFileHandle, offset + size), rowCount, dimension, elementType);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void RequireUnchanged() => _source.RequireUnchanged();

    public override PinnedRows Pin()
    {
        _source.RequireLength();
        byte* start = (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + _view.PointerOffset;
        GC.KeepAlive(_file);
        return new PinnedRows(this, new MemoryHandle(start));
    }
}
