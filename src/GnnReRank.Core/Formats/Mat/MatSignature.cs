using System.Buffers.Binary;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Hdf5;

namespace GnnReRank.Formats.Mat;

/// <summary>Tells the versions of MAT-files apart by their first bytes.</summary>
internal static class MatSignature
{
    /// <summary>The bytes of a level 5 header.</summary>
    public const int HeaderLength = 128;

    private const int VersionOffset = 124;
    private const int Level4HeaderLength = 20;
    private const int LongestName = 63;

    /// <summary>A level 5 file, with its byte order: its header ends in version 1.0 and the letters MI in that order.</summary>
    public static bool IsLevel5(ReadOnlySpan<byte> head, out bool isBigEndian)
    {
        ReadOnlySpan<byte> version = head.Length < HeaderLength ? default : head[VersionOffset..HeaderLength];
        isBigEndian = version.SequenceEqual("\u0001\u0000MI"u8);
        return isBigEndian || version.SequenceEqual("\u0000\u0001IM"u8);
    }

    /// <summary>A version 7.3 file: HDF5, usually behind a block of 512 bytes that starts with its name.</summary>
    public static bool IsVersion73(ReadOnlySpan<byte> head) => Hdf5Superblock.IsStart(head) || head.StartsWith("MATLAB 7.3"u8);

    /// <summary>Whether a file is of version 7.3.</summary>
    public static bool IsVersion73(string path)
    {
        byte[] head = new byte[HeaderLength];
        using FileStream file = InputFile.OpenRead(path);
        return IsVersion73(head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
    }

    /// <summary>A text that starts like every MAT-file since level 5, complete or not.</summary>
    public static bool IsNamedMatlab(ReadOnlySpan<byte> head) => head.StartsWith("MATLAB "u8);

    /// <summary>A level 4 file has no mark: its first variable's header must make sense.</summary>
    public static bool IsLevel4(ReadOnlySpan<byte> head)
    {
        if (head.Length < Level4HeaderLength)
        {
            return false;
        }

        int[] header = new int[Level4HeaderLength / sizeof(int)];
        for (int i = 0; i < header.Length; i++)
        {
            header[i] = BinaryPrimitives.ReadInt32LittleEndian(head[(i * sizeof(int))..]);
        }

        // The type's decimal digits are M (byte order), O (always 0), P (precision) and T (full, text, sparse).
        if (header[0] is < 0 or > 4052)
        {
            Array.ConvertAll(header, BinaryPrimitives.ReverseEndianness).CopyTo(header, 0);
        }

        (int type, int rows, int columns, int isComplex, int nameLength) = (header[0], header[1], header[2], header[3], header[4]);
        return type is >= 0 and <= 4052 && type / 100 % 10 == 0 && type / 10 % 10 <= 5 && type % 10 <= 2
            && rows >= 0 && columns >= 0 && isComplex is 0 or 1 && nameLength is > 1 and <= LongestName + 1
            && head.Length >= Level4HeaderLength + nameLength && head[Level4HeaderLength + nameLength - 1] == 0;
    }
}
