namespace GnnReRank.Formats.Hdf5;

/// <summary>The header of an object (a group or a dataset): its messages.</summary>
internal sealed class Hdf5Header
{
    private const int OldVersion = 1;
    private const int OldPrefixLength = 16;
    private const int LongestNewPrefix = 34;
    private const string NewMark = "OHDR";
    private const string ContinuationMark = "OCHK";

    private readonly List<Hdf5Message> _messages = [];
    private readonly Queue<(long? Address, long Length)> _continuations = new();

    private Hdf5Header()
    {
    }

    /// <summary>Reads the header at an address.</summary>
    /// <exception cref="InvalidDataException">No header lies there, or it is damaged.</exception>
    public static Hdf5Header Read(Hdf5Source source, long? address)
    {
        Hdf5Header header = new();
        if (source.Read(address, 1).ReadByte() == OldVersion)
        {
            header.ReadOld(source, address!.Value);
        }
        else
        {
            header.ReadNew(source, address!.Value);
        }

        return header;
    }

    /// <summary>Whether there is a message of a type.</summary>
    public bool Has(Hdf5MessageType type) => _messages.Exists(message => message.Type == type);

    /// <summary>The messages of a type.</summary>
    /// <exception cref="Hdf5UnreadException">The content of one lies elsewhere, where it is not looked for.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> All(Hdf5MessageType type) => _messages
        .Where(message => message.Type == type)
        .Select(message => message.IsShared ? throw new Hdf5UnreadException("its description is shared with other objects (a committed data type)") : message.Data);

    /// <summary>The only message of a type.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public ReadOnlyMemory<byte> Only(Hdf5MessageType type) => Has(type)
        ? All(type).First()
        : throw new InvalidDataException($"An object's header lacks its message of type {type}");

    private void ReadOld(Hdf5Source source, long address)
    {
        Hdf5Cursor prefix = source.Read(address, OldPrefixLength);

        // Version, a reserved byte, the number of messages, and that of references to the object.
        prefix.Skip(1 + 1 + 2 + 4);
        uint length = prefix.ReadUInt32();
        _continuations.Enqueue((address + OldPrefixLength, length));
        while (_continuations.TryDequeue(out (long? Address, long Length) block))
        {
            ReadOldMessages(source.Read(block.Address, block.Length), source);
        }
    }

    private void ReadOldMessages(Hdf5Cursor block, Hdf5Source source)
    {
        const int prefixLength = 8;
        while (block.Left >= prefixLength)
        {
            int type = block.ReadUInt16();
            int length = block.ReadUInt16();
            int flags = block.ReadByte();
            block.Skip(3);
            Add(type, flags, block.ReadBytes(length), source);
        }
    }

    private void ReadNew(Hdf5Source source, long address)
    {
        Hdf5Cursor prefix = source.ReadUpTo(address, LongestNewPrefix);
        prefix.Expect(NewMark);
        int version = prefix.ReadByte();
        if (version != 2)
        {
            throw new InvalidDataException($"Version {version} of an object's header is unknown");
        }

        int flags = prefix.ReadByte();
        bool hasTimes = (flags & 0x20) != 0;
        bool hasAttributeLimits = (flags & 0x10) != 0;
        bool hasOrder = (flags & 0x04) != 0;
        prefix.Skip((hasTimes ? 16 : 0) + (hasAttributeLimits ? 4 : 0));
        long length = prefix.ReadNumber(1 << (flags & 0x03));
        Hdf5Cursor first = source.ReadChecked(address, prefix.Position + Math.Min(length, source.Length));
        first.Skip(prefix.Position);
        ReadNewMessages(first, hasOrder, source);
        while (_continuations.TryDequeue(out (long? Address, long Length) block))
        {
            Hdf5Cursor cursor = source.ReadChecked(block.Address, block.Length - Hdf5Source.ChecksumLength);
            cursor.Expect(ContinuationMark);
            ReadNewMessages(cursor, hasOrder, source);
        }
    }

    // Fewer bytes than the start of a message takes are a gap.
    private void ReadNewMessages(Hdf5Cursor block, bool hasOrder, Hdf5Source source)
    {
        int prefixLength = hasOrder ? 6 : 4;
        while (block.Left >= prefixLength)
        {
            int type = block.ReadByte();
            int length = block.ReadUInt16();
            int flags = block.ReadByte();
            block.Skip(hasOrder ? 2 : 0);
            Add(type, flags, block.ReadBytes(length), source);
        }
    }

    private void Add(int type, int flags, ReadOnlyMemory<byte> data, Hdf5Source source)
    {
        if (type == (int)Hdf5MessageType.Continuation)
        {
            Hdf5Cursor cursor = source.Cursor(data);
            _continuations.Enqueue((cursor.ReadAddress(), cursor.ReadLength()));
        }
        else
        {
            _messages.Add(new Hdf5Message((Hdf5MessageType)type, (flags & 0x02) != 0, data));
        }
    }
}
