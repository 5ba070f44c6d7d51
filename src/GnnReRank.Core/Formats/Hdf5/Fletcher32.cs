using System.Buffers.Binary;

namespace GnnReRank.Formats.Hdf5;

/// <summary>The checksum of HDF5's filter of that name: two sums of 16-bit words.</summary>
internal static class Fletcher32
{
    /// <summary>The bytes of a checksum.</summary>
    public const int Size = sizeof(uint);

    /// <summary>What comes before the checksum.</summary>
    /// <exception cref="InvalidDataException">The checksum does not agree.</exception>
    public static byte[] Verified(byte[] bytes)
    {
        if (bytes.Length < Size)
        {
            throw new InvalidDataException("A chunk is shorter than its checksum");
        }

        byte[] data = bytes[..^Size];
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(data.Length));
        uint actual = Compute(data);

        // Old versions of the library wrote the two halves with their bytes swapped.
        uint swapped = ((actual & 0x00FF00FF) << 8) | ((actual >> 8) & 0x00FF00FF);
        return expected == actual || expected == swapped ? data : throw new InvalidDataException("The checksum of a chunk does not agree");
    }

    private static uint Compute(ReadOnlySpan<byte> data)
    {
        uint first = 0;
        uint second = 0;
        for (int place = 0; place < data.Length; place += sizeof(ushort))
        {
            // Words are big-endian; a last byte alone is the upper half of one.
            uint word = (uint)(data[place] << 8) | (place + 1 < data.Length ? data[place + 1] : 0u);
            first = Fold(first + word);
            second = Fold(second + first);
        }

        return (second << 16) | first;
    }

    // A remainder that keeps 65535 apart from 0, as the library's does.
    private static uint Fold(uint sum) => (sum & ushort.MaxValue) + (sum >> 16);
}
