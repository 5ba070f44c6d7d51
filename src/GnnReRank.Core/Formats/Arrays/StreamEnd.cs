namespace GnnReRank.Formats.Arrays;

/// <summary>The end of an array's data.</summary>
internal static class StreamEnd
{
    // MATLAB fills its elements up to a multiple of 8 bytes.
    private const int LongestPadding = 7;

    // An inflater makes so many bytes in some tenths of a second.
    private const long LittleRest = 1L << 26;

    /// <summary>Whether the bytes behind those that are wanted are worth reading for a checksum alone: little, or no more than was read.</summary>
    public static bool IsWorthReading(long rest, long read) => rest <= Math.Max(LittleRest, read);

    /// <summary>Reads bytes and forgets them.</summary>
    /// <exception cref="EndOfStreamException">There are not so many.</exception>
    public static void Discard(Stream stream, long count, CancellationToken cancellation = default)
    {
        byte[] discarded = new byte[Math.Min(count, 1 << 16)];
        while (count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = (int)Math.Min(count, discarded.Length);
            stream.ReadExactly(discarded.AsSpan(0, length));
            count -= length;
        }
    }

    /// <summary>
    /// Checks that nothing but padding is left. Reading up to the end is also what makes a compressed stream verify its checksum.
    /// </summary>
    /// <exception cref="InvalidDataException">More is left, or the checksum does not agree.</exception>
    public static void Check(Stream stream)
    {
        Span<byte> rest = stackalloc byte[LongestPadding + 1];
        if (stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) > LongestPadding)
        {
            throw new InvalidDataException("More data follows an array than its shape allows.");
        }
    }
}
