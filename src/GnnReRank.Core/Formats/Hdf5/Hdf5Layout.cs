namespace GnnReRank.Formats.Hdf5;

/// <summary>Where the elements of a dataset lie.</summary>
/// <param name="Class">In the header, in one piece, or in chunks.</param>
/// <param name="Inline">The elements themselves, where they are in the header.</param>
/// <param name="Address">The elements, or the index of the chunks; null where nothing was written.</param>
/// <param name="ChunkExtents">The extents of a chunk.</param>
/// <param name="Index">How the chunks are found.</param>
internal sealed record Hdf5Layout(
    Hdf5LayoutClass Class, ReadOnlyMemory<byte> Inline, long? Address, long[] ChunkExtents, Hdf5ChunkIndex Index)
{
    private static readonly Hdf5ChunkIndex s_treeIndex = new(Hdf5ChunkIndexType.Tree, null, 0, 0);

    /// <exception cref="InvalidDataException">The description is damaged.</exception>
    /// <exception cref="Hdf5UnreadException">The layout is one that is not read.</exception>
    public static Hdf5Layout Read(Hdf5Cursor cursor)
    {
        int version = cursor.ReadByte();
        if (version is < 3 or > 4)
        {
            throw new Hdf5UnreadException($"its layout is described in version {version}, and 3 and 4 are read");
        }

        Hdf5LayoutClass type = (Hdf5LayoutClass)cursor.ReadByte();
        switch (type)
        {
            case Hdf5LayoutClass.Compact:
                return new Hdf5Layout(type, cursor.ReadBytes(cursor.ReadUInt16()), null, [], s_treeIndex);
            case Hdf5LayoutClass.Contiguous:
                return new Hdf5Layout(type, default, cursor.ReadAddress(), [], s_treeIndex);
            case Hdf5LayoutClass.Chunked:
                return version == 3 ? ReadOldChunks(cursor) : ReadNewChunks(cursor);
            case Hdf5LayoutClass.Virtual:
                throw new Hdf5UnreadException("it is put together from other datasets (a virtual dataset)");
            default:
                throw new InvalidDataException($"A dataset's layout is of the unknown class {(int)type}");
        }
    }

    private static Hdf5Layout ReadOldChunks(Hdf5Cursor cursor)
    {
        int extents = cursor.ReadByte();
        long? address = cursor.ReadAddress();
        return new Hdf5Layout(Hdf5LayoutClass.Chunked, default, address, Extents(cursor, extents, sizeof(uint)), s_treeIndex);
    }

    private static Hdf5Layout ReadNewChunks(Hdf5Cursor cursor)
    {
        int flags = cursor.ReadByte();
        int extents = cursor.ReadByte();
        int extentSize = cursor.ReadByte();
        if (extentSize is < 1 or > sizeof(ulong))
        {
            throw new InvalidDataException($"Extents of {extentSize} bytes are unknown");
        }

        long[] chunk = Extents(cursor, extents, extentSize);
        Hdf5ChunkIndex index = Hdf5ChunkIndex.Read(cursor, flags);
        return new Hdf5Layout(Hdf5LayoutClass.Chunked, default, cursor.ReadAddress(), chunk, index);
    }

    // The last extent is the size of an element.
    private static long[] Extents(Hdf5Cursor cursor, int count, int size)
    {
        long[] extents = new long[Math.Max(0, count - 1)];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            extents[axis] = cursor.ReadNumber(size);
            if (extents[axis] == 0)
            {
                throw new InvalidDataException("A chunk without extent is claimed");
            }
        }

        cursor.Skip(size);
        return extents;
    }
}
