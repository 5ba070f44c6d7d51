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

    /// <summary>The byte of the file behind the trailer; null where it is not there.</summary>
    public long? EndOf(ReadOnlySpan<byte> trailer)
    {
        byte[] last = new byte[_file.Position - _lastStart + trailer.Length];
        _file.Position = _lastStart;
        int length = _file.ReadAtLeast(last, last.Length, throwOnEndOfStream: false);
        int place = last.AsSpan(0, length).IndexOf(trailer);
        return place < 0 ? null : _lastStart + place + trailer.Length;
    }
}
