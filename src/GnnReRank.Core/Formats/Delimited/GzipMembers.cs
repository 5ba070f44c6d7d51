using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Delimited;

/// <summary>
/// What the members of a gzip file hold, one after the other. The platform's own stream takes a file that is cut short for a whole one;
/// here each member must end in its checksum and its length.
/// </summary>
internal sealed class GzipMembers : ForwardStream
{
    /// <summary>The bytes by which a member is told.</summary>
    public const int MarkLength = 3;

    /// <summary>The bytes behind a member's data: their checksum and their length.</summary>
    public const int TrailerLength = 8;

    private const int FixedHeaderLength = 10;
    private const byte DeflateMethod = 8;
    private const int HasHeaderChecksum = 2;
    private const int HasExtra = 4;
    private const int HasName = 8;
    private const int HasComment = 16;

    /// <summary>The bytes that every member starts with.</summary>
    public static ReadOnlySpan<byte> Mark => [0x1F, 0x8B, DeflateMethod];

    private readonly FileStream _file;
    private GzipWindow _window;
    private DeflateStream _member;
    private Crc32 _checksum = new();
    private uint _length;

    /// <param name="file">Stands at the first member; it is disposed of together with this stream.</param>
    /// <exception cref="InvalidDataException">No member starts there.</exception>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public GzipMembers(FileStream file)
    {
        _file = file;
        SkipHeader();
        _window = new GzipWindow(file);
        _member = new DeflateStream(_window, CompressionMode.Decompress);
    }

    /// <summary>Whether a file that starts so is compressed with gzip.</summary>
    public static bool IsStart(ReadOnlySpan<byte> head) => head.StartsWith(Mark);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged or cut short.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int read = _member.Read(buffer);
            if (read > 0)
            {
                _checksum.Append(buffer[..read]);
                _length += (uint)read;
                return read;
            }

            if (!StartNextMember())
            {
                break;
            }
        }

        return 0;
    }

    /// <summary>Reads on to the end, for the checksum, where less is left than is worth leaving out.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or cut short.</exception>
    public void VerifyRest(CancellationToken cancellation)
    {
        // Text is a few times as long as it is compressed.
        const int usualRatio = 4;
        if (!StreamEnd.IsWorthReading((_file.Length - _file.Position) * usualRatio, _file.Position * usualRatio))
        {
            return;
        }

        byte[] passed = new byte[1 << 16];
        while (Read(passed) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool StartNextMember()
    {
        byte[] trailer = new byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(sizeof(uint)), _length);
        _file.Position = _window.EndOf(trailer) ?? throw new InvalidDataException("The compressed text is cut short, its checksum does not agree with it, or something else follows it");
        if (_file.Position == _file.Length)
        {
            return false;
        }

        SkipHeader();
        _member.Dispose();
        _window = new GzipWindow(_file);
        _member = new DeflateStream(_window, CompressionMode.Decompress);
        _checksum = new Crc32();
        _length = 0;
        return true;
    }

    private void SkipHeader()
    {
        byte[] header = new byte[FixedHeaderLength];
        _file.ReadExactly(header);
        if (!IsStart(header))
        {
            throw new InvalidDataException("No gzip data starts where it should");
        }

        int flags = header[3];
        if ((flags & HasExtra) != 0)
        {
            byte[] length = new byte[sizeof(ushort)];
            _file.ReadExactly(length);
            _file.ReadExactly(new byte[BinaryPrimitives.ReadUInt16LittleEndian(length)]);
        }

        SkipText((flags & HasName) != 0);
        SkipText((flags & HasComment) != 0);
        if ((flags & HasHeaderChecksum) != 0)
        {
            _file.ReadExactly(new byte[sizeof(ushort)]);
        }
    }

    private void SkipText(bool isThere)
    {
        int character = isThere ? _file.ReadByte() : 0;
        while (character > 0)
        {
            character = _file.ReadByte();
        }

        if (character < 0)
        {
            throw new EndOfStreamException("The gzip header is cut short");
        }
    }
}
