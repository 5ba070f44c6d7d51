using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Delimited;

/// <summary>
/// The bytes of a gzip member for an inflater, which does not say where its data ended. It is given bytes only up to where a trailer can
/// start, and more only when it asks for them: so the place it has got to when it is done is the place of the trailer.
/// </summary>
internal sealed class GzipWindow : ForwardStream
{
    private const int BufferLength = 1 << 16;

    // What must be seen behind a byte to know whether a trailer starts there.
    private const int Ahead = GzipMembers.TrailerLength + GzipMembers.MarkLength;

    private readonly FileStream _file;
    private readonly byte[] _buffer;
    private long _start;
    private int _position;
    private int _count;

    /// <param name="file">Stands behind the member's header; not disposed of here.</param>
    public GzipWindow(FileStream file)
    {
        _file = file;
        _start = file.Position;
        _buffer = new byte[Math.Min(BufferLength, file.Length - file.Position)];
    }

    private bool IsLast => _start + _count == _file.Length;

    public override int Read(Span<byte> buffer)
    {
        if (_count - _position <= Ahead && !IsLast)
        {
            Refill();
        }

        int left = _count - _position;
        int count = Math.Min(buffer.Length, IsLast ? left : left - Ahead);
        ReadOnlySpan<byte> seen = _buffer.AsSpan(_position, Math.Min(left, count + Ahead));
        int mark = seen.Length <= GzipMembers.TrailerLength ? -1 : seen[(GzipMembers.TrailerLength + 1)..].IndexOf(GzipMembers.Mark);
        count = mark >= 0 ? Math.Min(count, mark + 1) : count;
        int beforeEnd = left - GzipMembers.TrailerLength;
        count = IsLast && beforeEnd > 0 ? Math.Min(count, beforeEnd) : count;
        seen[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <summary>The byte of the file behind the trailer, which is its end or the start of another member; null where another trailer stands here, or none.</summary>
    public long? EndOf(ReadOnlySpan<byte> trailer)
    {
        byte[] next = new byte[Ahead];
        _file.Position = _start + _position;
        ReadOnlySpan<byte> found = next.AsSpan(0, _file.ReadAtLeast(next, next.Length, throwOnEndOfStream: false));
        bool isEnd = found.StartsWith(trailer) && (found.Length == trailer.Length || GzipMembers.IsStart(found[trailer.Length..]));
        return isEnd ? _start + _position + trailer.Length : null;
    }

    private void Refill()
    {
        int kept = _count - _position;
        _buffer.AsSpan(_position, kept).CopyTo(_buffer);
        _start += _position;
        (_position, _count) = (0, kept);
        _file.Position = _start + kept;
        _count += _file.ReadAtLeast(_buffer.AsSpan(kept), Math.Min(_buffer.Length - kept, Ahead + 1), throwOnEndOfStream: false);
    }
}
