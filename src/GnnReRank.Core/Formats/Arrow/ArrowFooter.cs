using System.Buffers.Binary;

namespace GnnReRank.Formats.Arrow;

/// <summary>
/// The footer of an Arrow file. Some programs (Arrow for JavaScript) write the schema there and not before the first record batch, so
/// that it is made a message of, for a file to be read as a stream.
/// </summary>
/// <param name="Start">The byte where the footer starts.</param>
/// <param name="SchemaMessage">The schema, as the message that starts a stream.</param>
/// <param name="Schema">The schema as text.</param>
/// <param name="BatchCount">The number of record batches there should be.</param>
internal sealed record ArrowFooter(long Start, byte[] SchemaMessage, string Schema, long BatchCount)
{
    private const int SchemaField = 1;
    private const int Batches = 3;
    private const int HeaderLength = 32;
    private const int HeaderOffsetPosition = 24;

    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    // A Message table: root offset, list of fields (version, header's type, header; no body), table. The header's offset follows.
    private static ReadOnlySpan<byte> Message =>
    [
        16, 0, 0, 0, 12, 0, 12, 0, 4, 0, 6, 0, 8, 0, 0, 0,
        12, 0, 0, 0, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Reads the footer of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="GnnReRankException">A type is not read.</exception>
    /// <exception cref="InvalidDataException">The footer is missing or damaged.</exception>
    public static ArrowFooter Read(FileStream file, string path)
    {
        byte[] end = new byte[sizeof(int) + Magic.Length];
        file.Position = Math.Max(0, file.Length - end.Length);
        file.ReadExactly(end);
        int length = BinaryPrimitives.ReadInt32LittleEndian(end);
        long start = file.Length - end.Length - length;
        if (!end.AsSpan(sizeof(int)).SequenceEqual(Magic) || length <= 0 || start < Magic.Length || length > ArrowMessages.LongestSchema)
        {
            throw new InvalidDataException("its end is missing");
        }

        byte[] message = new byte[(2 * sizeof(int)) + HeaderLength + length];
        Span<byte> metadata = message.AsSpan(2 * sizeof(int));
        file.Position = start;
        file.ReadExactly(metadata[HeaderLength..]);
        FlatTable footer = FlatTable.Root(metadata[HeaderLength..].ToArray());
        FlatTable schema = footer.Table(SchemaField) ?? throw new InvalidDataException("its footer has no schema");
        ArrowSchemaCheck.Check(schema, path);
        Message.CopyTo(metadata);
        BinaryPrimitives.WriteInt32LittleEndian(metadata[HeaderOffsetPosition..], HeaderLength + schema.Start - HeaderOffsetPosition);
        BinaryPrimitives.WriteInt32LittleEndian(message, ArrowMessages.Continuation);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(sizeof(int)), metadata.Length);
        return new ArrowFooter(start, message, ArrowSchemaText.Of(schema), footer.Count(Batches));
    }
}
