using System.IO.Hashing;

namespace GnnReRank.Formats.Arrays;

/// <summary>The next bytes of another stream as a stream of their own; whoever reads it to its end has had their checksum verified.</summary>
internal sealed class BoundedStream : ForwardStream
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

    /// <summary>The bytes behind these up to the checksum of the inner stream, which are read too once these are, where they are few.</summary>
    public long CheckedRest { get; init; }

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

        if (_position == _length && CheckedRest > 0 && StreamEnd.IsWorthReading(CheckedRest, _length))
        {
            StreamEnd.Discard(_inner, CheckedRest);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
