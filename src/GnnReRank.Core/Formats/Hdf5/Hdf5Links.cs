using System.Text;

namespace GnnReRank.Formats.Hdf5;

/// <summary>The names in a group and the objects they stand for. Links by path and links into other files are left out.</summary>
internal static class Hdf5Links
{
    private const int NodeSignatureLength = 8;
    private const int GroupTree = 0;
    private const int LinkByPath = 2;
    private const int ScratchLength = 16;

    /// <exception cref="InvalidDataException">The group is damaged.</exception>
    public static IEnumerable<(string Name, long? Address)> Read(Hdf5Source source, Hdf5Header header)
    {
        if (header.Has(Hdf5MessageType.SymbolTable))
        {
            Hdf5Cursor table = source.Cursor(header.Only(Hdf5MessageType.SymbolTable));
            return ReadOld(source, table.ReadAddress(), table.ReadAddress());
        }

        IEnumerable<ReadOnlyMemory<byte>> links = header.All(Hdf5MessageType.Link);
        if (header.Has(Hdf5MessageType.LinkInfo) && Hdf5LinkHeap.Find(source, header.Only(Hdf5MessageType.LinkInfo)) is { } heap)
        {
            links = heap;
        }

        return links.Select(link => ReadLink(source.Cursor(link))).OfType<(string, long?)>();
    }

    private static IEnumerable<(string Name, long? Address)> ReadOld(Hdf5Source source, long? tree, long? heap)
    {
        ReadOnlyMemory<byte> names = ReadHeap(source, heap);
        foreach (long? node in Hdf5Tree.Leaves(source, tree, GroupTree, source.LengthSize).Select(leaf => leaf.Child))
        {
            Hdf5Cursor start = source.Read(node, NodeSignatureLength);
            start.Expect("SNOD");
            start.Skip(2);
            int count = start.ReadUInt16();
            int entryLength = (2 * source.OffsetSize) + 8 + ScratchLength;
            Hdf5Cursor entries = source.Read(node + NodeSignatureLength, (long)count * entryLength);
            for (int entry = 0; entry < count; entry++)
            {
                long name = entries.ReadNumber(source.OffsetSize);
                long? address = entries.ReadAddress();
                bool isPath = entries.ReadUInt32() == LinkByPath;
                entries.Skip(4 + ScratchLength);
                if (!isPath)
                {
                    yield return (NameAt(names, name), address);
                }
            }
        }
    }

    private static ReadOnlyMemory<byte> ReadHeap(Hdf5Source source, long? address)
    {
        const int prefixLength = 8;
        Hdf5Cursor heap = source.Read(address, prefixLength + (2L * source.LengthSize) + source.OffsetSize);
        heap.Expect("HEAP");
        heap.Skip(4);
        long length = heap.ReadLength();
        heap.Skip(source.LengthSize);
        return source.Read(heap.ReadAddress(), length).ReadBytes(length);
    }

    private static string NameAt(ReadOnlyMemory<byte> names, long offset)
    {
        ReadOnlySpan<byte> name = offset < names.Length ? names.Span[(int)offset..] : default;
        int end = name.IndexOf((byte)0);
        return end < 0 ? throw new InvalidDataException("The name of an object lies outside the list of names") : Encoding.UTF8.GetString(name[..end]);
    }

    private static (string Name, long? Address)? ReadLink(Hdf5Cursor link)
    {
        link.Skip(1);
        int flags = link.ReadByte();
        int type = (flags & 0x08) != 0 ? link.ReadByte() : 0;
        link.Skip(((flags & 0x04) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        long length = link.ReadNumber(1 << (flags & 0x03));
        string name = Encoding.UTF8.GetString(link.ReadBytes(length).Span);
        return type == 0 ? (name, link.ReadAddress()) : null;
    }
}
