using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Delimited;

/// <summary>
/// The bytes of a gzip member for an inflater, which reads past the member's end and does not say where that was. What it was given
/// last is therefore searched for the trailer, whose content is known by then.
/// </summary>
internal sealed class GzipWindow : ForwardStream
{
    private readonly FileStream _file;
    private long _lastStart;

    /// <param name="file">Stands behind the member's header; not disposed of here.</param>
    public GzipWindow(FileStream file)
    {
        _file = file;
        _lastStart = file.Position;
    }

    public override int Read(Span<byte> buffer)
    {
        // The answer at the end of the file is empty: what was given before it still counts.
        long start = _file.Position;
        int read = _file.Read(buffer);
        _lastStart = read > 0 ? start : _lastStart;
        return read;
    }

    /// <summary>The byte of the file behind the trailer, which is its end or the start of another member; null where there is none.</summary>
    public long? EndOf(ReadOnlySpan<byte> trailer)
    {
        byte[] last = new byte[_file.Position - _lastStart + trailer.Length + GzipMembers.MarkLength];
        _file.Position = _lastStart;
        ReadOnlySpan<byte> window = last.AsSpan(0, _file.ReadAtLeast(last, last.Length, throwOnEndOfStream: false));
        bool endsFile = _file.Position == _file.Length;

        // The trailer of an empty member is eight zeros, which may also come a byte early.
        for (int start = 0; start <= window.Length - trailer.Length; start++)
        {
            ReadOnlySpan<byte> rest = window[start..];
            if (rest.StartsWith(trailer) && ((endsFile && rest.Length == trailer.Length) || GzipMembers.IsStart(rest[trailer.Length..])))
            {
                return _lastStart + start + trailer.Length;
            }
        }

        return null;
    }
}
