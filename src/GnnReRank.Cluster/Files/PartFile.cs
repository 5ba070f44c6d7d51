using System.Collections.Frozen;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace GnnReRank.Cluster.Files;

/// <summary>
/// What an item of a job left: named arrays, mapped. Pages come in as they are touched, so a file may be larger than
/// memory. An array's checksum is verified when it is first asked for.
/// </summary>
internal sealed unsafe class PartFile : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _bytes;
    private readonly FrozenDictionary<string, PartArray> _arrays;
    private readonly HashSet<string> _verified = [];

    private PartFile(
        string path, MemoryMappedFile? file, MemoryMappedViewAccessor? view, byte* bytes, IEnumerable<PartArray> arrays)
    {
        Path = path;
        _file = file;
        _view = view;
        _bytes = bytes;
        _arrays = arrays.ToFrozenDictionary(array => array.Name, StringComparer.Ordinal);
    }

    public string Path { get; }

    /// <summary>Maps a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="job">The job that it must be of.</param>
    /// <exception cref="GnnReRankException">It is not there, was cut short, or is no such file.</exception>
    public static PartFile Open(string path, string job)
    {
        if (!File.Exists(path))
        {
            throw PartErrors.Missing(path);
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        PartArray[] arrays = PartHeader.Read(stream, path, job);
        long end = arrays.Length == 0 ? 0 : arrays.Max(array => array.Offset + array.ByteCount);
        if (stream.Length < end)
        {
            throw PartErrors.CutShort(path, stream.Length, end);
        }

        if (arrays.Length == 0)
        {
            return new PartFile(path, null, null, null, arrays);
        }

        MemoryMappedFile file = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* bytes = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
        return new PartFile(path, file, view, bytes + view.PointerOffset, arrays);
    }

    public bool Has(string name) => _arrays.ContainsKey(name);

    /// <summary>The number of values of an array; 0 where it is not there.</summary>
    public long Count(string name) => _arrays.TryGetValue(name, out PartArray? array) ? array.Count : 0;

    /// <summary>The values of an array, until this is disposed; null where it is not there or empty.</summary>
    /// <exception cref="GnnReRankException">Its values are of another size, or are not those that were written.</exception>
    public T* Pointer<T>(string name)
        where T : unmanaged
    {
        if (!_arrays.TryGetValue(name, out PartArray? array) || array.Count == 0)
        {
            return null;
        }

        if (array.ElementSize != Unsafe.SizeOf<T>())
        {
            throw PartErrors.Broken(Path, $"its array '{name}' has values of {array.ElementSize} bytes");
        }

        Verify(array);
        return (T*)(_bytes + array.Offset);
    }

    /// <summary>The same as a span, where it is not longer than a span can be.</summary>
    public ReadOnlySpan<T> Span<T>(string name)
        where T : unmanaged => new(Pointer<T>(name), checked((int)Count(name)));

    /// <summary>An array that must have so many values.</summary>
    /// <exception cref="GnnReRankException">It has not.</exception>
    public T* Pointer<T>(string name, long count)
        where T : unmanaged => Count(name) == count
        ? Pointer<T>(name)
        : throw PartErrors.Broken(Path, $"its array '{name}' has {Count(name):N0} values, and {count:N0} were expected");

    public void Dispose()
    {
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }

    private void Verify(PartArray array)
    {
        lock (_verified)
        {
            if (_verified.Contains(array.Name))
            {
                return;
            }

            if (Checksums.Of(_bytes + array.Offset, array.ByteCount) != array.Hash)
            {
                throw PartErrors.Broken(Path, $"the values of its array '{array.Name}' have changed");
            }

            _verified.Add(array.Name);
        }
    }
}
