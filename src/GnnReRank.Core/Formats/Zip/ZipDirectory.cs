using System.IO.Compression;
using System.Text;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Zip;

/// <summary>
/// An open zip archive. Each member is described twice, in the directory at the end and in a header before its bytes, and neither has a
/// checksum: both must agree, so that no flipped bit renames a member, which would then be missed without a word.
/// </summary>
internal sealed class ZipDirectory : IDisposable
{
    private const int EntryLength = 46;
    private const int HeaderLength = 30;
    private const int Encrypted = 0x0001;

    // Sizes and checksum that were not known when the header was written follow the bytes.
    private const int SizesFollow = 0x0008;

    private readonly FileStream _file;
    private readonly List<ZipMember> _members = [];

    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public ZipDirectory(string path, CancellationToken cancellation)
    {
        _file = InputFile.OpenRead(path);
        try
        {
            Read(cancellation);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    private static ReadOnlySpan<byte> EntryMark => "PK\u0001\u0002"u8;

    private static ReadOnlySpan<byte> HeaderMark => "PK\u0003\u0004"u8;

    /// <summary>The bytes of the archive.</summary>
    public long Length => _file.Length;

    /// <summary>The members in the directory's order; of one name there is one.</summary>
    public IReadOnlyList<ZipMember> Members => _members;

    /// <summary>Opens what a member holds; whoever reads it to its end has had its checksum verified.</summary>
    /// <exception cref="GnnReRankException">It is encrypted, or compressed in a way that is not read.</exception>
    public Stream Open(ZipMember member)
    {
        if (member.IsEncrypted)
        {
            throw FormatErrors.Unsupported(_file.Name, $"'{member.Name}' is encrypted. Save the archive without a password.");
        }

        if (!Enum.IsDefined(member.Method))
        {
            throw FormatErrors.Unsupported(
                _file.Name, $"'{member.Name}' is compressed with zip's method {(int)member.Method}, and 0 (stored) and 8 (deflated) are read. Save the archive with one of these.");
        }

        ZipSection bytes = new(_file.SafeFileHandle, member.Start, member.CompressedLength);
        return new BoundedStream(
            member.Method == ZipMethod.Stored ? bytes : new DeflateStream(bytes, CompressionMode.Decompress), member.Length, member.Checksum);
    }

    public void Dispose() => _file.Dispose();

    private void Read(CancellationToken cancellation)
    {
        ZipEnd end = ZipEnd.Find(_file);
        if (end.Length > Array.MaxLength)
        {
            throw new InvalidDataException($"A directory of {end.Length:N0} bytes is claimed");
        }

        byte[] bytes = new byte[end.Length];
        _file.Position = end.Start;
        _file.ReadExactly(bytes);
        HashSet<string> names = [];
        Int128 claimed = 0;
        int place = 0;
        while (place < bytes.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            ZipMember member = ReadMember(bytes, ref place, end.Start);
            RequireHeld(member);
            if (!names.Add(member.Name))
            {
                throw new InvalidDataException($"It holds '{member.Name}' twice");
            }

            claimed += member.CompressedLength;
            _members.Add(member);
        }

        if (_members.Count != end.Count)
        {
            throw new InvalidDataException($"It tells of {end.Count:N0} members, and its directory lists {_members.Count:N0}");
        }

        // Members that share their bytes would let a small file hold any number of large ones.
        if (claimed > end.Start)
        {
            throw new InvalidDataException($"Its members claim {claimed:N0} bytes, and {end.Start:N0} are there");
        }
    }

    private ZipMember ReadMember(ReadOnlySpan<byte> directory, ref int place, long directoryStart)
    {
        ZipFields fields = new(directory[place..]);
        if (!fields.Take(EntryMark.Length).SequenceEqual(EntryMark))
        {
            throw new InvalidDataException("An entry of the archive's directory does not start with its mark");
        }

        fields.Take(2 * sizeof(ushort));
        int flags = fields.ReadUInt16();
        int method = fields.ReadUInt16();
        fields.Take(sizeof(uint));
        uint checksum = fields.ReadUInt32();
        (uint compressed, uint length) = (fields.ReadUInt32(), fields.ReadUInt32());
        (int nameLength, int extraLength, int commentLength) = (fields.ReadUInt16(), fields.ReadUInt16(), fields.ReadUInt16());
        fields.Take(sizeof(ushort) + sizeof(ushort) + sizeof(uint));
        uint header = fields.ReadUInt32();
        ReadOnlySpan<byte> name = fields.Take(nameLength);
        ZipFields longs = ZipFields.Longs(fields.Take(extraLength));
        fields.Take(commentLength);
        place += EntryLength + nameLength + extraLength + commentLength;
        long wideLength = longs.Wide(length);
        ZipMember member = new(
            Encoding.UTF8.GetString(name), (ZipMethod)method, (flags & Encrypted) != 0, checksum, longs.Wide(compressed), wideLength, longs.Wide(header));
        return member with { Start = DataStart(member, name, flags, directoryStart) };
    }

    // The place of the header comes with the member; behind the header start its bytes.
    private long DataStart(ZipMember member, ReadOnlySpan<byte> name, int flags, long directoryStart)
    {
        byte[] fixedPart = ReadHeader(member.Start, HeaderLength, directoryStart);
        ZipFields fields = new(fixedPart);
        if (!fields.Take(HeaderMark.Length).SequenceEqual(HeaderMark))
        {
            throw new InvalidDataException($"'{member.Name}' does not lie where the archive's directory says");
        }

        fields.Take(sizeof(ushort));
        int ownFlags = fields.ReadUInt16();
        int method = fields.ReadUInt16();
        fields.Take(sizeof(uint));
        (uint checksum, uint compressed, uint length) = (fields.ReadUInt32(), fields.ReadUInt32(), fields.ReadUInt32());
        (int nameLength, int extraLength) = (fields.ReadUInt16(), fields.ReadUInt16());
        ReadOnlySpan<byte> rest = ReadHeader(member.Start + HeaderLength, nameLength + extraLength, directoryStart);
        if (!rest[..nameLength].SequenceEqual(name))
        {
            throw new InvalidDataException($"'{member.Name}' of its directory is called '{Encoding.UTF8.GetString(rest[..nameLength])}' where it lies");
        }

        ZipFields longs = ZipFields.Longs(rest[nameLength..]);
        bool agree = ((flags ^ ownFlags) & Encrypted) == 0 && method == (int)member.Method;
        bool isKnown = (ownFlags & SizesFollow) == 0;
        if (!agree || (isKnown && (checksum, longs.Wide(length), longs.Wide(compressed)) != (member.Checksum, member.Length, member.CompressedLength)))
        {
            throw new InvalidDataException($"The archive's directory and the header of '{member.Name}' disagree on its length, checksum or compression");
        }

        long start = member.Start + HeaderLength + nameLength + extraLength;
        return start <= directoryStart - member.CompressedLength
            ? start
            : throw new InvalidDataException($"'{member.Name}' claims {member.CompressedLength:N0} bytes, and the archive has {directoryStart - start:N0} there");
    }

    private byte[] ReadHeader(long place, int length, long directoryStart)
    {
        if (place > directoryStart - length)
        {
            throw new InvalidDataException("A member of the archive lies behind its end");
        }

        byte[] bytes = new byte[length];
        for (int read = 0, more = 1; read < length && more > 0; read += more)
        {
            more = RandomAccess.Read(_file.SafeFileHandle, bytes.AsSpan(read), place + read);
        }

        return bytes;
    }

    private static void RequireHeld(ZipMember member)
    {
        bool isHeld = member.IsEncrypted || (member.Method == ZipMethod.Stored
            ? member.Length == member.CompressedLength
            : Deflate.CanHold(member.CompressedLength, member.Length));
        if (!isHeld)
        {
            throw new InvalidDataException(
                $"'{member.Name}' claims {member.Length:N0} bytes, and its {member.CompressedLength:N0} compressed bytes cannot hold as many");
        }
    }
}
