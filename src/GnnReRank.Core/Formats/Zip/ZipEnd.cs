namespace GnnReRank.Formats.Zip;

/// <summary>The end of a zip archive, which says where its directory lies.</summary>
/// <param name="Start">The byte where the directory starts.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Count">The number of members it lists.</param>
internal readonly record struct ZipEnd(long Start, long Length, long Count)
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int LongEndLength = 56;
    private const int LongestComment = ushort.MaxValue;

    private static ReadOnlySpan<byte> Mark => "PK\u0005\u0006"u8;

    private static ReadOnlySpan<byte> LocatorMark => "PK\u0006\u0007"u8;

    private static ReadOnlySpan<byte> LongMark => "PK\u0006\u0006"u8;

    /// <exception cref="InvalidDataException">There is no end, or it does not lie right behind the directory it tells of.</exception>
    public static ZipEnd Find(FileStream file)
    {
        byte[] tail = new byte[Math.Min(file.Length, EndLength + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);

        // The comment behind it says its length, and mostly there is none.
        int place = tail.Length - EndLength;
        while (place >= 0 && !IsEnd(tail.AsSpan(place)))
        {
            place--;
        }

        if (place < 0)
        {
            throw new InvalidDataException("The end of the archive, which tells of its directory, is missing: it is cut short");
        }

        long end = file.Length - tail.Length + place;
        ZipFields fields = new(tail.AsSpan(place + Mark.Length));
        RequireOneDisk(fields.ReadUInt16(), fields.ReadUInt16());
        (int here, int count, uint length, uint start) = (fields.ReadUInt16(), fields.ReadUInt16(), fields.ReadUInt32(), fields.ReadUInt32());
        ZipEnd found = LongEnd(file, end, here, count, length, start) ?? new ZipEnd(start, length, count).Before(end);
        return here == count ? found : throw new InvalidDataException("The end of the archive tells of two numbers of members");
    }

    private static bool IsEnd(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Mark) && bytes.Length == EndLength + System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(bytes[(EndLength - sizeof(ushort))..]);

    // Archives past 4 GB, and all of some programs, have another end before the end; what fits says both alike.
    private static ZipEnd? LongEnd(FileStream file, long end, int here, int count, uint length, uint start)
    {
        if (end < LocatorLength || Read(file, end - LocatorLength, LocatorLength) is not byte[] locator || !locator.AsSpan().StartsWith(LocatorMark))
        {
            return null;
        }

        ZipFields fields = new(locator.AsSpan(LocatorMark.Length));
        _ = fields.ReadUInt32();
        long place = fields.ReadInt64();
        byte[] bytes = Read(file, place, LongEndLength);
        if (!bytes.AsSpan().StartsWith(LongMark))
        {
            throw new InvalidDataException("The end of the archive is damaged");
        }

        // Its own length, versions, and disks.
        ZipFields record = new(bytes.AsSpan(LongMark.Length + sizeof(long) + (2 * sizeof(ushort))));
        RequireOneDisk(record.ReadUInt32(), record.ReadUInt32());
        (long longHere, long longCount) = (record.ReadInt64(), record.ReadInt64());
        ZipEnd found = new(Length: record.ReadInt64(), Start: record.ReadInt64(), Count: longCount);
        bool agree = longHere == longCount && (count == ushort.MaxValue || (count == longCount && here == longHere))
            && (length == uint.MaxValue || length == found.Length) && (start == uint.MaxValue || start == found.Start);
        return agree ? found.Before(place) : throw new InvalidDataException("The two ends of the archive disagree");
    }

    private static void RequireOneDisk(long disk, long first)
    {
        if (disk != 0 || first != 0)
        {
            throw new InvalidDataException("The archive is one of several parts");
        }
    }

    private ZipEnd Before(long place) => (Int128)Start + Length == place
        ? this
        : throw new InvalidDataException($"The archive's directory claims the bytes from {Start:N0} to {(Int128)Start + Length:N0}, and it ends at {place:N0}");

    private static byte[] Read(FileStream file, long place, int length)
    {
        if (place > file.Length - length)
        {
            throw new InvalidDataException("The end of the archive is damaged");
        }

        byte[] bytes = new byte[length];
        file.Position = place;
        file.ReadExactly(bytes);
        return bytes;
    }
}
