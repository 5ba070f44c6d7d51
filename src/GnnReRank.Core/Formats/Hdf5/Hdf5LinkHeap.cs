namespace GnnReRank.Formats.Hdf5;

/// <summary>The links of a group that has too many of them for its header: a heap of links, and a tree of version 2 that lists them.</summary>
internal static class Hdf5LinkHeap
{
    private const int HashLength = 4;

    /// <summary>The links; null where the group keeps them in its header.</summary>
    /// <param name="source">The file.</param>
    /// <param name="linkInfo">What the header says of the links.</param>
    /// <exception cref="InvalidDataException">The heap or the tree is damaged.</exception>
    /// <exception cref="Hdf5UnreadException">The heap is of a kind that is not read.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>>? Find(Hdf5Source source, ReadOnlyMemory<byte> linkInfo)
    {
        Hdf5Cursor cursor = source.Cursor(linkInfo);
        cursor.Skip(1);
        bool hasOrder = (cursor.ReadByte() & 1) != 0;
        cursor.Skip(hasOrder ? 8 : 0);
        if (cursor.ReadAddress() is not long heapAddress)
        {
            return null;
        }

        long? treeAddress = cursor.ReadAddress();
        Hdf5FractalHeap heap = new(source, heapAddress);
        return new Hdf5NewTree(source, treeAddress).Records().Select(record => heap.Object(record[HashLength..]));
    }
}
