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
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="footer">What the footer says, which the messages must agree with; null for a stream, which starts with its schema.</param>
    /// <param name="cancellation">Stops the walk.</param>
    /// <returns>The position behind the last.</returns>
    /// <exception cref="GnnReRankException">A type is not read.</exception>
    /// <exception cref="InvalidDataException">A message claims more than there is.</exception>
    public static long Check(Stream file, string path, ArrowFooter? footer, CancellationToken cancellation)
    {
        long end = footer?.Start ?? file.Length;
        long batches = 0;
        for (bool isFirst = true; file.Position < end; isFirst = false)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = ReadLength(file);
            if (length == 0)
            {
                break;
            }

            if (length < 0 || length > end - file.Position || (isFirst && length > LongestSchema))
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

            if ((isFirst && footer is null) || ArrowSchemaCheck.IsSchema(message))
            {
                CheckSchema(ArrowSchemaCheck.SchemaOf(message), path, footer);
            }

            batches += ArrowBatchCheck.Check(message) ? 1 : 0;
            file.Position += body;
        }

        if (footer is not null && batches != footer.BatchCount)
        {
            throw new InvalidDataException($"its footer lists {footer.BatchCount:N0} record batches, and it holds {batches:N0}");
        }

        return file.Position;
    }

    private static void CheckSchema(FlatTable schema, string path, ArrowFooter? footer)
    {
        ArrowSchemaCheck.Check(schema, path);
        if (footer is not null && ArrowSchemaText.Of(schema) != footer.Schema)
        {
            throw new InvalidDataException("its start and its footer disagree on names, types or metadata of its columns");
        }
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
