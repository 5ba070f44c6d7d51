namespace GnnReRank.Formats.Hdf5;

/// <summary>LZF, h5py's fast compression.</summary>
internal static class Lzf
{
    private const int FirstReference = 32;
    private const int LongLength = 7;

    /// <exception cref="InvalidDataException">The data is damaged, or does not make as many bytes.</exception>
    public static byte[] Decompress(ReadOnlySpan<byte> source, int length)
    {
        byte[] target = new byte[length];
        int read = 0;
        int written = 0;
        while (read < source.Length)
        {
            int control = source[read++];
            if (control < FirstReference)
            {
                int literals = control + 1;
                Check(literals <= source.Length - read && literals <= length - written);
                source.Slice(read, literals).CopyTo(target.AsSpan(written));
                read += literals;
                written += literals;
                continue;
            }

            int count = control >> 5;
            Check(read < source.Length);
            count += count == LongLength ? source[read++] : 0;
            Check(read < source.Length);
            int start = written - ((control & 0x1F) << 8) - source[read++] - 1;
            count += 2;
            Check(start >= 0 && count <= length - written);

            // Byte by byte: the bytes referred to may be those written just now.
            for (int place = 0; place < count; place++)
            {
                target[written++] = target[start + place];
            }
        }

        Check(written == length);
        return target;
    }

    private static void Check(bool isSound)
    {
        if (!isSound)
        {
            throw new InvalidDataException("The compressed data of a chunk is damaged");
        }
    }
}
