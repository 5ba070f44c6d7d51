namespace GnnReRank.Formats.Arrow;

/// <summary>Holds the lists of a message, and of its record or dictionary batch, against its metadata: the library makes room for as many entries as they claim.</summary>
internal static class ArrowBatchCheck
{
    // Places of fields in Arrow's Message, DictionaryBatch and RecordBatch tables, and values of their enumerations.
    private const int HeaderType = 1;
    private const int Header = 2;
    private const int DictionaryHeader = 2;
    private const int RecordHeader = 3;
    private const int DictionaryData = 1;
    private const int Nodes = 1;
    private const int Buffers = 2;
    private const int EntrySize = 16;
    private const int Metadata = 4;
    private const int OffsetSize = 4;

    /// <exception cref="InvalidDataException">A list claims more entries than its message holds.</exception>
    /// <returns>Whether it is a record batch.</returns>
    public static bool Check(FlatTable message)
    {
        if (!message.HoldsVector(Metadata, OffsetSize))
        {
            throw new InvalidDataException("a message lists more metadata than it holds");
        }

        byte type = message.Byte(HeaderType);
        FlatTable? batch = type switch
        {
            RecordHeader => message.Table(Header),
            DictionaryHeader => message.Table(Header)?.Table(DictionaryData),
            _ => null,
        };
        if (batch is FlatTable table && !(table.HoldsVector(Nodes, EntrySize) && table.HoldsVector(Buffers, EntrySize)))
        {
            throw new InvalidDataException("a record batch lists more columns than its metadata holds");
        }

        return type == RecordHeader;
    }
}
