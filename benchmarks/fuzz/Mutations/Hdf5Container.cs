using System.Buffers.Binary;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>
/// Changes an HDF5 file where its checksums guard it, and writes them anew. Where they stand is found by trying, so that nothing is taken
/// over from the reader under test: from each signature on, the first four bytes that are the checksum of all before them.
/// </summary>
internal sealed class Hdf5Container : Container
{
    private const int Longest = 4096;

    private static readonly byte[][] s_signatures =
        [.. new[] { "OHDR", "OCHK", "FRHP", "FHDB", "FHIB", "BTHD", "BTIN", "BTLF", "FAHD", "FADB", "EAHD", "EAIB", "EASB", "EADB" }.Select(name => name.Select(letter => (byte)letter).ToArray()),
         [0x89, (byte)'H', (byte)'D', (byte)'F']];

    private readonly (int Start, int End)[] _blocks;

    private Hdf5Container((int Start, int End)[] blocks) => _blocks = blocks;

    public static Hdf5Container? Of(byte[] file)
    {
        List<(int Start, int End)> blocks = [];
        for (int at = 0; at + 8 < file.Length; at++)
        {
            if (IsSignature(file.AsSpan(at, 4)) && EndOf(file, at) is int end)
            {
                blocks.Add((at, end));
            }
        }

        return blocks.Count > 0 ? new Hdf5Container([.. blocks]) : null;
    }

    public override byte[]? Change(byte[] file, Func<byte[], byte[]> change, Random dice)
    {
        (int start, int end) = _blocks[dice.Next(_blocks.Length)];
        byte[] block = change(file[start..end]);
        byte[] copy = [.. file];
        block.AsSpan(0, Math.Min(block.Length, end - start)).CopyTo(copy.AsSpan(start));
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(end), Jenkins(copy.AsSpan(start..end)));
        return copy;
    }

    private static bool IsSignature(ReadOnlySpan<byte> bytes)
    {
        foreach (byte[] signature in s_signatures)
        {
            if (bytes.SequenceEqual(signature))
            {
                return true;
            }
        }

        return false;
    }

    private static int? EndOf(byte[] file, int start)
    {
        for (int end = start + 4; end + 4 <= file.Length && end - start < Longest; end++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(end)) is uint stored and not 0 && stored == Jenkins(file.AsSpan(start..end)))
            {
                return end;
            }
        }

        return null;
    }

    /// <summary>hashlittle of lookup3.c with the initial value 0, from its published text.</summary>
    public static uint Jenkins(ReadOnlySpan<byte> key)
    {
        uint a = 0xDEADBEEF + (uint)key.Length;
        uint b = a;
        uint c = a;
        for (; key.Length > 12; key = key[12..])
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(key);
            b += BinaryPrimitives.ReadUInt32LittleEndian(key[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(key[8..]);
            a -= c; a ^= uint.RotateLeft(c, 4); c += b;
            b -= a; b ^= uint.RotateLeft(a, 6); a += c;
            c -= b; c ^= uint.RotateLeft(b, 8); b += a;
            a -= c; a ^= uint.RotateLeft(c, 16); c += b;
            b -= a; b ^= uint.RotateLeft(a, 19); a += c;
            c -= b; c ^= uint.RotateLeft(b, 4); b += a;
        }

        if (key.IsEmpty)
        {
            return c;
        }

        Span<byte> last = stackalloc byte[12];
        last.Clear();
        key.CopyTo(last);
        a += BinaryPrimitives.ReadUInt32LittleEndian(last);
        b += BinaryPrimitives.ReadUInt32LittleEndian(last[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(last[8..]);
        c ^= b; c -= uint.RotateLeft(b, 14);
        a ^= c; a -= uint.RotateLeft(c, 11);
        b ^= a; b -= uint.RotateLeft(a, 25);
        c ^= b; c -= uint.RotateLeft(b, 16);
        a ^= c; a -= uint.RotateLeft(c, 4);
        b ^= a; b -= uint.RotateLeft(a, 14);
        c ^= b; c -= uint.RotateLeft(b, 24);
        return c;
    }
}
