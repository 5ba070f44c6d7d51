namespace GnnReRank.Formats.Hdf5;

/// <summary>Trees of version 1, which lead to the entries of groups and to the chunks of datasets.</summary>
internal static class Hdf5Tree
{
    private const int PrefixLength = 8;

    /// <summary>The entries of the leaves, in their order.</summary>
    /// <param name="source">The file.</param>
    /// <param name="address">The root's address.</param>
    /// <param name="type">The type that every node must have: 0 for groups, 1 for chunks.</param>
    /// <param name="keyLength">The bytes of a key.</param>
    /// <exception cref="InvalidDataException">A node is damaged.</exception>
    public static IEnumerable<(ReadOnlyMemory<byte> Key, long? Child)> Leaves(Hdf5Source source, long? address, int type, int keyLength)
    {
        // Depth first without recursion: a file may claim 255 levels.
        Stack<(long? Address, int? Level)> nodes = new([(address, null)]);
        while (nodes.TryPop(out (long? Address, int? Level) node))
        {
            Hdf5Cursor start = source.Read(node.Address, PrefixLength);
            start.Expect("TREE");
            if (start.ReadByte() != type)
            {
                throw new InvalidDataException("A tree is of another type than its owner");
            }

            int level = start.ReadByte();
            if (node.Level is not null && level != node.Level)
            {
                throw new InvalidDataException("The levels of a tree do not follow each other");
            }

            List<(ReadOnlyMemory<byte> Key, long? Child)> entries = Entries(source, node.Address!.Value, start.ReadUInt16(), keyLength);
            if (level > 0)
            {
                entries.Reverse();
                entries.ForEach(entry => nodes.Push((entry.Child, level - 1)));
                continue;
            }

            foreach ((ReadOnlyMemory<byte> Key, long? Child) entry in entries)
            {
                yield return entry;
            }
        }
    }

    // Behind the prefix come the neighbours' addresses; the key after the last child is of no use.
    private static List<(ReadOnlyMemory<byte> Key, long? Child)> Entries(Hdf5Source source, long address, int count, int keyLength)
    {
        long start = address + PrefixLength + (2L * source.OffsetSize);
        Hdf5Cursor cursor = source.Read(start, (long)count * (keyLength + source.OffsetSize));
        List<(ReadOnlyMemory<byte> Key, long? Child)> entries = [];
        for (int entry = 0; entry < count; entry++)
        {
            entries.Add((cursor.ReadBytes(keyLength), cursor.ReadAddress()));
        }

        return entries;
    }
}
