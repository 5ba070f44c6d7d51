namespace GnnReRank.Formats.Arrow;

/// <summary>Some bytes, then what a stream holds from where it stands. Only reads; the stream stays open.</summary>
internal sealed class JoinedStream : Stream
{
    private readonly byte[] _first;
    private readonly Stream _second;
    private int _read;

    public JoinedStream(byte[] first, Stream second)
    {
        _first = first;
        _second = second;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_read == _first.Length)
        {
            return _second.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _first.Length - _read);
        _first.AsSpan(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
