using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Hdf5;

/// <summary>The elements of a dataset in chunks, in C order: a slab of chunks at a time.</summary>
internal sealed class Hdf5ChunkStream : ForwardStream
{
    private readonly Hdf5Source _source;
    private readonly FileStream _file;
    private readonly Hdf5Grid _grid;
    private readonly int _elementSize;
    private readonly Dictionary<long, Hdf5Chunk> _chunks;
    private readonly Hdf5Filters _filters;
    private byte[] _slab = [];
    private int _position;
    private int _end;
    private long _nextSlab;

    /// <param name="source">The file.</param>
    /// <param name="grid">How the dataset is cut; a slab fits one array.</param>
    /// <param name="elementSize">The bytes of an element.</param>
    /// <param name="chunks">All chunks by their places; each lies within the file.</param>
    /// <param name="filters">What was done to them.</param>
    public Hdf5ChunkStream(Hdf5Source source, Hdf5Grid grid, int elementSize, Dictionary<long, Hdf5Chunk> chunks, Hdf5Filters filters)
    {
        _source = source;
        _grid = grid;
        _elementSize = elementSize;
        _chunks = chunks;
        _filters = filters;
        _file = InputFile.OpenRead(source.Path);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A chunk is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_position == _end && _nextSlab < _grid.Slabs)
        {
            Fill(_nextSlab++);
        }

        int count = Math.Min(buffer.Length, _end - _position);
        _slab.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill(long slab)
    {
        long[] extents = _grid.SlabExtents(slab);
        int bytes = (int)_grid.SlabBytes(slab);
        _slab = _slab.Length >= bytes ? _slab : new byte[bytes];
        foreach ((long place, long[] offset) in _grid.ChunksOf(slab))
        {
            _grid.Copy(ReadChunk(_chunks[place]), offset, _slab, extents);
        }

        _position = 0;
        _end = bytes;
    }

    private byte[] ReadChunk(Hdf5Chunk chunk)
    {
        _source.CheckCancelled();
        byte[] stored = new byte[chunk.Length];
        _file.Position = _source.Place(chunk.Address, chunk.Length);
        _file.ReadExactly(stored);
        return _filters.Undo(stored, chunk.FilterMask, (int)_grid.ChunkBytes, _elementSize);
    }
}
