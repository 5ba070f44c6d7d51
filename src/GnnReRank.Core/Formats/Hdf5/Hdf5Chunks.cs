namespace GnnReRank.Formats.Hdf5;

/// <summary>Finds the chunks of a dataset.</summary>
internal static class Hdf5Chunks
{
    private const int ChunkTree = 1;

    /// <summary>The chunks by their place in the grid of chunks, counted in C order.</summary>
    /// <param name="source">The file.</param>
    /// <param name="layout">The dataset's layout.</param>
    /// <param name="grid">Counts the chunks.</param>
    /// <param name="isFiltered">Whether chunks are compressed.</param>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    /// <exception cref="Hdf5UnreadException">It is of a kind that is not read.</exception>
    public static Dictionary<long, Hdf5Chunk> Find(Hdf5Source source, Hdf5Layout layout, Hdf5Grid grid, bool isFiltered)
    {
        switch (layout.Index.Type)
        {
            case Hdf5ChunkIndexType.Tree:
                return FromTree(source, layout, grid);
            case Hdf5ChunkIndexType.Single when layout.Address is long address:
                return new() { [0] = new Hdf5Chunk(address, layout.Index.SingleLength ?? grid.ChunkBytes, layout.Index.SingleMask) };
            case Hdf5ChunkIndexType.Implicit when grid.Count > Array.MaxLength:
                throw new Hdf5UnreadException($"it is cut into {grid.Count:N0} chunks. Write it in larger ones");
            case Hdf5ChunkIndexType.Implicit when layout.Address is long address:
                // Held against the file before they are counted: there is no index that could run out.
                _ = source.Place(address, (long)Int128.Min((Int128)grid.Count * grid.ChunkBytes, long.MaxValue));
                return Enumerable.Range(0, (int)grid.Count)
                    .ToDictionary(chunk => (long)chunk, chunk => new Hdf5Chunk(address + (chunk * grid.ChunkBytes), grid.ChunkBytes, 0));
            case Hdf5ChunkIndexType.FixedArray when layout.Address is not null:
                return Hdf5FixedArray.Read(source, layout, grid, isFiltered);
            case Hdf5ChunkIndexType.ExtensibleArray or Hdf5ChunkIndexType.NewTree:
                throw new Hdf5UnreadException(
                    "its chunks are found in a way of newer files that can grow, which is not read. Write it with h5py.File(..., libver='earliest'), or without maxshape");
            default:
                return [];
        }
    }

    private static Dictionary<long, Hdf5Chunk> FromTree(Hdf5Source source, Hdf5Layout layout, Hdf5Grid grid)
    {
        Dictionary<long, Hdf5Chunk> chunks = [];
        if (layout.Address is null)
        {
            return chunks;
        }

        // A key: length, filter mask, and the offset in each dimension and within the element.
        int keyLength = sizeof(uint) + sizeof(uint) + (sizeof(ulong) * (layout.ChunkExtents.Length + 1));
        foreach ((ReadOnlyMemory<byte> key, long? child) in Hdf5Tree.Leaves(source, layout.Address, ChunkTree, keyLength))
        {
            Hdf5Cursor cursor = source.Cursor(key);
            uint length = cursor.ReadUInt32();
            uint mask = cursor.ReadUInt32();
            long? place = grid.Place(layout.ChunkExtents.Select(_ => cursor.ReadNumber(sizeof(ulong))).ToArray());

            // Chunks outside stay behind where a dataset was made smaller.
            if (place is long inside && !chunks.TryAdd(inside, new Hdf5Chunk(child ?? throw new InvalidDataException("A chunk has no place"), length, mask)))
            {
                throw new InvalidDataException("A chunk is there twice");
            }
        }

        return chunks;
    }
}
