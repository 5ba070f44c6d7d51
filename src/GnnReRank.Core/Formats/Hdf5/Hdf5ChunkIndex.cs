namespace GnnReRank.Formats.Hdf5;

/// <summary>How the chunks of a dataset are found.</summary>
/// <param name="Type">The kind of index.</param>
/// <param name="SingleLength">The bytes of the only chunk, where it is compressed.</param>
/// <param name="SingleMask">The filters that were left out for the only chunk.</param>
/// <param name="PageBits">The logarithm of the number of chunks in a page of a fixed array.</param>
internal sealed record Hdf5ChunkIndex(Hdf5ChunkIndexType Type, long? SingleLength, uint SingleMask, int PageBits)
{
    private const int IsSingleFiltered = 0x02;

    /// <exception cref="InvalidDataException">The kind is unknown.</exception>
    /// <exception cref="Hdf5UnreadException">The kind is not read.</exception>
    public static Hdf5ChunkIndex Read(Hdf5Cursor cursor, int flags)
    {
        Hdf5ChunkIndexType type = (Hdf5ChunkIndexType)cursor.ReadByte();
        switch (type)
        {
            case Hdf5ChunkIndexType.Single:
                return (flags & IsSingleFiltered) == 0
                    ? new Hdf5ChunkIndex(type, null, 0, 0)
                    : new Hdf5ChunkIndex(type, cursor.ReadLength(), cursor.ReadUInt32(), 0);
            case Hdf5ChunkIndexType.Implicit:
                return new Hdf5ChunkIndex(type, null, 0, 0);
            case Hdf5ChunkIndexType.FixedArray:
                return new Hdf5ChunkIndex(type, null, 0, cursor.ReadByte());
            case Hdf5ChunkIndexType.ExtensibleArray:
                cursor.Skip(5);
                return new Hdf5ChunkIndex(type, null, 0, 0);
            case Hdf5ChunkIndexType.NewTree:
                cursor.Skip(6);
                return new Hdf5ChunkIndex(type, null, 0, 0);
            default:
                throw new InvalidDataException($"The chunks of a dataset are found in the unknown way {(int)type}");
        }
    }
}
