using System.Buffers.Binary;
using System.Security.Cryptography;
using GnnReRank.Formats.Files;
using GnnReRank.Transforming;

namespace GnnReRank;

/// <summary>Reads and writes transforms of features: one file each, with the ending .transform.</summary>
/// <remarks>
/// "GRRTRANS", the version (int32), the length of the content (int64), the SHA-256 of all other bytes, the content;
/// little-endian.
/// </remarks>
public static class FeatureTransformFile
{
    /// <summary>The ending of these files.</summary>
    public const string Extension = ".transform";

    private const string Format = "transform";
    private const int Version = 1;
    private const int ChecksumOffset = 20;
    private const int ContentOffset = ChecksumOffset + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "GRRTRANS"u8;

    /// <summary>Reads a transform.</summary>
    /// <param name="path">A .transform file.</param>
    /// <exception cref="GnnReRankException">The file is missing, none of these, or not as it was written.</exception>
    public static FeatureTransform Read(string path)
    {
        RequireExtension(path);
        InputFile.Require(path, "the path of a transform file");
        using FileStream file = InputFile.OpenRead(path);
        byte[] head = new byte[ContentOffset];
        int found = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        CheckHead(path, head.AsSpan(0, found), file.Length);
        byte[] content = new byte[file.Length - ContentOffset];
        if (file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length)
        {
            throw FormatErrors.Corrupt(path, Format, "it became shorter while it was read. Read it again.");
        }

        if (!Checksum(head, content).AsSpan().SequenceEqual(head.AsSpan(ChecksumOffset)))
        {
            throw FormatErrors.Corrupt(
                path, Format, "its checksum is not that of its bytes: one or more were changed after it was " +
                "written. Copy or export it again.");
        }

        return TransformBytes.Read(content, out string? fault) ?? throw FormatErrors.Corrupt(path, Format, $"{fault}.");
    }

    /// <summary>Writes a transform.</summary>
    /// <param name="path">A .transform file.</param>
    /// <param name="transform">What to write.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="GnnReRankException">A file is there already, or the path has another ending.</exception>
    public static void Write(string path, FeatureTransform transform, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(transform);
        RequireExtension(path);
        byte[] content = TransformBytes.Of(transform);
        byte[] head = new byte[ContentOffset];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(Magic.Length), Version);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(Magic.Length + sizeof(int)), content.Length);
        Checksum(head, content).CopyTo(head, ChecksumOffset);
        AtomicFile.Write(path, overwrite, temporary =>
        {
            using FileStream file = new(temporary, FileMode.Create, FileAccess.Write);
            file.Write(head);
            file.Write(content);
        });
    }

    private static void CheckHead(string path, ReadOnlySpan<byte> head, long length)
    {
        if (!head[..Math.Min(Magic.Length, head.Length)].SequenceEqual(Magic[..Math.Min(Magic.Length, head.Length)]))
        {
            throw FormatErrors.Corrupt(
                path, Format, "it does not begin as one does. Give a file of Export-FeatureTransform.");
        }

        if (head.Length < ContentOffset)
        {
            throw FormatErrors.Corrupt(
                path, Format, $"it ends after {length:N0} bytes, in its head of {ContentOffset}. Copy it again.");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(head[Magic.Length..]);
        if (version != Version)
        {
            throw FormatErrors.Unsupported(
                path, $"the transform is of version {version}, and this module reads version {Version}. Update the " +
                "module, or export it again.");
        }

        long content = BinaryPrimitives.ReadInt64LittleEndian(head[(Magic.Length + sizeof(int))..]);
        if (content != length - ContentOffset || content > Array.MaxLength)
        {
            throw FormatErrors.Corrupt(
                path, Format, $"it says that {content:N0} bytes follow its head, and {length - ContentOffset:N0} " +
                "do. Copy it again.");
        }
    }

    private static byte[] Checksum(ReadOnlySpan<byte> head, ReadOnlySpan<byte> content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head[..ChecksumOffset]);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    private static void RequireExtension(string path)
    {
        string extension = Path.GetExtension(path);
        if (!extension.Equals(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new GnnReRankException(
                "UnknownFormat", ErrorKind.NotSupported,
                $"'{path}': the ending '{extension}' names no file of transforms. They end in '{Extension}'.");
        }
    }
}
