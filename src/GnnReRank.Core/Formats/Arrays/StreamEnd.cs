namespace GnnReRank.Formats.Arrays;

/// <summary>The end of an array's data.</summary>
internal static class StreamEnd
{
    // MATLAB fills its elements up to a multiple of 8 bytes.
    private const int LongestPadding = 7;

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
