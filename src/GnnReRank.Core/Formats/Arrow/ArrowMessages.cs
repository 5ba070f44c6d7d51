using System.Buffers.Binary;

namespace GnnReRank.Formats.Arrow;

/// <summary>
/// Holds the messages of an Arrow stream against the bytes there are, before the library reads them: it allocates what a message
/// claims, and follows nested types as deep as they go.
/// </summary>
internal static class ArrowMessages
{
    private const int Continuation = -1;
    private const int LongestSchema = 1 << 26;

    /// <summary>Walks the messages from where the stream stands.</summary>
    /// <returns>The position behind the last.</returns>
    /// <exception cref="GnnReRankException">A message claims more than there is, or a type is not read.</exception>
    public static long Check(Stream file, string path)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            int length = ReadLength(file);
            if (length == 0)
            {
                return isFirst ? throw new InvalidDataException("it has no schema") : file.Position;
            }

            if (length < 0 || length > file.Length - file.Position || (isFirst && length > LongestSchema))
            {
                throw new InvalidDataException($"a message claims {length:N0} bytes of metadata, and {file.Length - file.Position:N0} are left");
            }

            byte[] metadata = new byte[length];
            file.ReadExactly(metadata);
            FlatTable message = FlatTable.Root(metadata);
            long body = message.Int64(ArrowSchemaCheck.BodyLength);
            if (body < 0 || body > file.Length - file.Position)
            {
                throw new InvalidDataException($"a message claims {body:N0} bytes, and {file.Length - file.Position:N0} are left");
            }

            if (isFirst)
            {
                ArrowSchemaCheck.Check(message, path);
            }

            file.Position += body;
        }
    }

    /// <summary>The length of the next message; 0 at the end of the stream. Files before Arrow 0.15 have no continuation mark.</summary>
    private static int ReadLength(Stream file)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return 0;
        }

        if (read < bytes.Length)
        {
            throw new EndOfStreamException("a message is cut short");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(bytes) == Continuation)
        {
            file.ReadExactly(bytes);
        }

        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }
}
