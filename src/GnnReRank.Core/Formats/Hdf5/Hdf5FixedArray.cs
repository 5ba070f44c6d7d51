namespace GnnReRank.Formats.Hdf5;

/// <summary>The index of newer files for chunks whose number never changes.</summary>
internal static class Hdf5FixedArray
{
    private const int FilteredClient = 1;

    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public static Dictionary<long, Hdf5Chunk> Read(Hdf5Source source, Hdf5Layout layout, Hdf5Grid grid, bool isFiltered)
    {
        Hdf5Cursor header = source.ReadChecked(layout.Address, 8L + source.LengthSize + source.OffsetSize);
        header.Expect("FAHD");
        header.Skip(1);
        bool hasLengths = header.ReadByte() == FilteredClient;
        int entryLength = header.ReadByte();
        int pageBits = header.ReadByte();
        long count = header.ReadLength();
        if (count != grid.Count || hasLengths != isFiltered || pageBits > 30 || entryLength < source.OffsetSize + (hasLengths ? sizeof(uint) : 0))
        {
            throw new InvalidDataException("The index of the chunks does not fit them");
        }

        return ReadBlock(source, header.ReadAddress(), new Hdf5ChunkEntries(source, grid, hasLengths, entryLength), 1L << pageBits);
    }

    private static Dictionary<long, Hdf5Chunk> ReadBlock(Hdf5Source source, long? address, Hdf5ChunkEntries entries, long pageLength)
    {
        // Mark, version, client, and the address of the header.
        int prefixLength = 6 + source.OffsetSize;
        source.Read(address, prefixLength).Expect("FADB");
        long start = address!.Value;
        if (entries.Count <= pageLength)
        {
            entries.Read(start, prefixLength, 0, entries.Count);
            return entries.Chunks;
        }

        long pages = ((entries.Count - 1) / pageLength) + 1;
        long bitmapLength = ((pages - 1) / 8) + 1;
        Hdf5Cursor cursor = source.ReadChecked(start, prefixLength + bitmapLength);
        cursor.Skip(prefixLength);
        ReadOnlyMemory<byte> bitmap = cursor.ReadBytes(bitmapLength);
        long page = start + prefixLength + bitmapLength + Hdf5Source.ChecksumLength;
        for (long place = 0; place < pages; place++)
        {
            // The highest bit is the first page's; a page that was never written takes its room all the same.
            long first = place * pageLength;
            long length = Math.Min(pageLength, entries.Count - first);
            if ((bitmap.Span[(int)(place / 8)] & (0x80 >> (int)(place % 8))) != 0)
            {
                entries.Read(page, prefixLength: 0, first, length);
            }

            page += (length * entries.EntryLength) + Hdf5Source.ChecksumLength;
        }

        return entries.Chunks;
    }
}
