namespace GnnReRank.Formats.Zip;

/// <summary>One file in a zip archive, as its directory and the header before its bytes both say.</summary>
/// <param name="Name">Its name, with folders.</param>
/// <param name="Method">How it is compressed.</param>
/// <param name="IsEncrypted">Whether a password is needed.</param>
/// <param name="Checksum">The CRC-32 of its content.</param>
/// <param name="CompressedLength">Its bytes in the archive.</param>
/// <param name="Length">The bytes of its content, as they are claimed.</param>
/// <param name="Start">The byte of the archive where they start.</param>
internal sealed record ZipMember(
    string Name, ZipMethod Method, bool IsEncrypted, uint Checksum, long CompressedLength, long Length, long Start);
