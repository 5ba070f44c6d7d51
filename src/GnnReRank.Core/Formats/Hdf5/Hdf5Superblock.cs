namespace GnnReRank.Formats.Hdf5;

/// <summary>The start of an HDF5 file, which may come behind a block of another program's (MATLAB's 512 bytes).</summary>
internal static class Hdf5Superblock
{
    /// <summary>What the longest block before a file's start may be, of those that are looked for by a file's first bytes.</summary>
    public const int LongestRecognizedBlock = 512;

    private const int FirstBlock = 512;
    private const int LongestSuperblock = 128;
    private const int EntryNameAndHeader = 2;

    /// <summary>The eight bytes that mark the start.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file with these first bytes is of this format.</summary>
    public static bool IsStart(ReadOnlySpan<byte> head) =>
        head.StartsWith(Signature) || (head.Length > LongestRecognizedBlock && head[LongestRecognizedBlock..].StartsWith(Signature));

    /// <summary>Finds the start, takes over the sizes of the file's fields, and gives the address of the root group's header.</summary>
    /// <exception cref="InvalidDataException">There is no start, or it is damaged.</exception>
    public static long? Read(Hdf5Source source)
    {
        long start = 0;
        while (!IsAt(source, start))
        {
            start = start == 0 ? FirstBlock : start * 2;
        }

        Hdf5Cursor cursor = source.ReadUpTo(start, LongestSuperblock);
        cursor.Skip(Signature.Length);
        int version = cursor.ReadByte();
        if (version > 3)
        {
            throw new InvalidDataException($"Version {version} of its start is unknown");
        }

        return version < 2 ? ReadOld(source, cursor, start, version) : ReadNew(source, cursor, start);
    }

    private static bool IsAt(Hdf5Source source, long start) => start > source.Length - Signature.Length
        ? throw new InvalidDataException("It does not hold the mark of an HDF5 file")
        : source.Read(start, Signature.Length).ReadBytes(Signature.Length).Span.SequenceEqual(Signature);

    private static long? ReadOld(Hdf5Source source, Hdf5Cursor cursor, long start, int version)
    {
        // Versions of the free space, the root group and shared headers, with reserved bytes between and after.
        cursor.Skip(4);
        int offsetSize = cursor.ReadByte();
        int lengthSize = cursor.ReadByte();

        // A reserved byte, the ranks of group trees, flags, and the rank of chunk trees in version 1.
        cursor.Skip(1 + 2 + 2 + 4 + (version == 1 ? 4 : 0));
        SetSizes(source, offsetSize, lengthSize);
        Hdf5Cursor rest = source.Read(start + cursor.Position, (4 + EntryNameAndHeader) * offsetSize);
        SetBase(source, rest.ReadAddress(), start);
        rest.Skip(offsetSize);
        CheckEnd(source, rest.ReadAddress());

        // The driver's block, and the name in the root group's entry.
        rest.Skip(2L * offsetSize);
        return rest.ReadAddress();
    }

    private static long? ReadNew(Hdf5Source source, Hdf5Cursor cursor, long start)
    {
        int offsetSize = cursor.ReadByte();
        int lengthSize = cursor.ReadByte();
        cursor.Skip(1);
        SetSizes(source, offsetSize, lengthSize);
        Hdf5Cursor rest = source.ReadChecked(start, cursor.Position + (4L * offsetSize));
        rest.Skip(cursor.Position);
        SetBase(source, rest.ReadAddress(), start);

        // The extension comes before the end of the file.
        rest.Skip(offsetSize);
        CheckEnd(source, rest.ReadAddress());
        return rest.ReadAddress();
    }

    private static void SetSizes(Hdf5Source source, int offsetSize, int lengthSize)
    {
        if (offsetSize is not (4 or 8) || lengthSize is not (4 or 8))
        {
            throw new InvalidDataException($"Addresses of {offsetSize} bytes and lengths of {lengthSize} are unknown; 4 and 8 are read");
        }

        source.OffsetSize = offsetSize;
        source.LengthSize = lengthSize;
    }

    private static void CheckEnd(Hdf5Source source, long? claimed)
    {
        if (claimed > source.Length)
        {
            throw new InvalidDataException($"It claims {claimed:N0} bytes, and the file has {source.Length:N0}");
        }
    }

    // A block that was put before a file later leaves the address that was true before.
    private static void SetBase(Hdf5Source source, long? claimed, long start)
    {
        if (claimed != start && claimed != 0)
        {
            throw new InvalidDataException($"It claims to start at byte {claimed:N0}, and starts at {start:N0}");
        }

        source.BaseAddress = start;
    }
}
