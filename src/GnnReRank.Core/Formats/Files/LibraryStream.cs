namespace GnnReRank.Formats.Files;

/// <summary>A stream of this module as a library is given it: its faults are no damage of the file.</summary>
internal sealed class LibraryStream : Stream
{
    private readonly Stream _inner;
    private readonly LibraryBoundary _boundary;

    /// <param name="inner">What is read; stays open.</param>
    /// <param name="boundary">Around the library's calls.</param>
    public LibraryStream(Stream inner, LibraryBoundary boundary)
    {
        _inner = inner;
        _boundary = boundary;
    }

    public override bool CanRead => true;

    public override bool CanSeek => Guarded(() => _inner.CanSeek);

    public override bool CanWrite => false;

    public override long Length => Guarded(() => _inner.Length);

    public override long Position
    {
        get => Guarded(() => _inner.Position);
        set => Guarded(() => _inner.Position = value);
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _inner.Read(buffer);
        }
        catch (Exception fault)
        {
            _boundary.Keep(fault);
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => Guarded(() => _inner.Seek(offset, origin));

    public override void SetLength(long value) => Guarded(() =>
    {
        _inner.SetLength(value);
        return value;
    });

    public override void Write(byte[] buffer, int offset, int count) => Guarded(() =>
    {
        _inner.Write(buffer, offset, count);
        return count;
    });

    private T Guarded<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception fault)
        {
            _boundary.Keep(fault);
            throw;
        }
    }
}
