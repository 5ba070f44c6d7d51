using System.IO.Hashing;

namespace GnnReRank.Formats.Arrays;

/// <summary>The next bytes of another stream as a stream of their own; whoever reads it to its end has had their checksum verified.</summary>
internal sealed class BoundedStream : Stream
{
    private readonly Stream _inner;
    private readonly uint? _checksum;
    private readonly Crc32 _actual = new();
    private readonly long _length;
    private long _position;

    /// <param name="inner">What to read from; it is disposed of together with this stream.</param>
    /// <param name="length">The number of bytes there are.</param>
    /// <param name="checksum">Their CRC-32, where it is known.</param>
    public BoundedStream(Stream inner, long length, uint? checksum = null)
    {
        _inner = inner;
        _length = length;
        _checksum = checksum;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="EndOfStreamException">The inner stream ended before its time.</exception>
    /// <exception cref="InvalidDataException">The checksum does not agree.</exception>
    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, _length - _position);
        if (wanted == 0)
        {
            return 0;
        }

        int read = _inner.Read(buffer[..wanted]);
        if (read == 0)
        {
            throw new EndOfStreamException($"{_length - _position:N0} bytes are missing.");
        }

        _position += read;
        if (_checksum is uint expected)
        {
            _actual.Append(buffer[..read]);
            if (_position == _length && _actual.GetCurrentHashAsUInt32() != expected)
            {
                throw new InvalidDataException("The checksum does not agree with the data.");
            }
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
