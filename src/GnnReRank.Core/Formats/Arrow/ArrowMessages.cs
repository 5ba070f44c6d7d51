using System.Buffers.Binary;

namespace GnnReRank.Formats.Arrow;

/// <summary>
/// Holds the messages of an Arrow stream against the bytes there are, before the library reads them: it allocates what a message
/// claims, and follows nested types as deep as they go.
/// </summary>
internal static class ArrowMessages
{
    /// <summary>What stands before the length of a message.</summary>
    public const int Continuation = -1;

    /// <summary>The most bytes that a schema of any sense takes.</summary>
    public const int LongestSchema = 1 << 26;

    /// <summary>Walks the messages from where the stream stands.</summary>
    /// <param name="file">The file.</param>
    /// <param name="end">The byte where they end at the latest.</param>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="hasSchema">Whether the schema comes first.</param>
    /// <param name="cancellation">Stops the walk.</param>
    /// <returns>The position behind the last.</returns>
    /// <exception cref="GnnReRankException">A type is not read.</exception>
    /// <exception cref="InvalidDataException">A message claims more than there is.</exception>
    public static long Check(Stream file, long end, string path, bool hasSchema, CancellationToken cancellation)
    {
        for (bool isSchema = hasSchema; file.Position < end; isSchema = false)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = ReadLength(file);
            if (length == 0)
            {
                break;
            }

            if (length < 0 || length > end - file.Position || (isSchema && length > LongestSchema))
            {
                throw new InvalidDataException($"a message claims {length:N0} bytes of metadata, and {end - file.Position:N0} are left");
            }

            byte[] metadata = new byte[length];
            file.ReadExactly(metadata);
            FlatTable message = FlatTable.Root(metadata);
            long body = message.Int64(ArrowSchemaCheck.BodyLength);
            if (body < 0 || body > end - file.Position)
            {
                throw new InvalidDataException($"a message claims {body:N0} bytes, and {end - file.Position:N0} are left");
            }

            if (isSchema)
            {
                ArrowSchemaCheck.Check(ArrowSchemaCheck.SchemaOf(message), path);
            }

            ArrowBatchCheck.Check(message);
            file.Position += body;
        }

        return file.Position;
    }

    /// <summary>The length of the next message; 0 for the mark that ends a stream. Files before Arrow 0.15 have no continuation mark.</summary>
    private static int ReadLength(Stream file)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        file.ReadExactly(bytes);
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes) == Continuation)
        {
            file.ReadExactly(bytes);
        }

        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }
}
