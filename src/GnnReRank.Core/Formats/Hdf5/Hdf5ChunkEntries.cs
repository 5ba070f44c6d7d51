namespace GnnReRank.Formats.Hdf5;

/// <summary>The entries of an index that lists the chunks in their order.</summary>
internal sealed class Hdf5ChunkEntries
{
    private readonly Hdf5Source _source;
    private readonly Hdf5Grid _grid;
    private readonly bool _hasLengths;

    /// <param name="source">The file.</param>
    /// <param name="grid">Counts the chunks.</param>
    /// <param name="hasLengths">Whether each entry says the chunk's bytes and the filters left out.</param>
    /// <param name="entryLength">The bytes of an entry.</param>
    public Hdf5ChunkEntries(Hdf5Source source, Hdf5Grid grid, bool hasLengths, int entryLength)
    {
        _source = source;
        _grid = grid;
        _hasLengths = hasLengths;
        EntryLength = entryLength;
    }

    /// <summary>The number of chunks there should be.</summary>
    public long Count => _grid.Count;

    /// <summary>The bytes of an entry.</summary>
    public int EntryLength { get; }

    /// <summary>The chunks found.</summary>
    public Dictionary<long, Hdf5Chunk> Chunks { get; } = [];

    /// <summary>Reads entries that lie together, with a checksum behind them.</summary>
    /// <param name="address">Where their block lies.</param>
    /// <param name="prefixLength">What of the block comes before the first, and is covered by the checksum too.</param>
    /// <param name="first">The place of its chunk.</param>
    /// <param name="count">The number of entries.</param>
    /// <exception cref="InvalidDataException">The file does not hold as many.</exception>
    public void Read(long address, int prefixLength, long first, long count)
    {
        if (count > _source.Length)
        {
            throw new InvalidDataException($"{count:N0} chunks are claimed");
        }

        Hdf5Cursor cursor = _source.ReadChecked(address, prefixLength + (count * EntryLength));
        cursor.Skip(prefixLength);
        for (long entry = first; entry < first + count; entry++)
        {
            long? place = cursor.ReadAddress();
            long length = _hasLengths ? cursor.ReadNumber(EntryLength - _source.OffsetSize - sizeof(uint)) : _grid.ChunkBytes;
            uint mask = _hasLengths ? cursor.ReadUInt32() : 0;
            cursor.Skip(_hasLengths ? 0 : EntryLength - _source.OffsetSize);
            if (place is long known)
            {
                Chunks.Add(entry, new Hdf5Chunk(known, length, mask));
            }
        }
    }
}
