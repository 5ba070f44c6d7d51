using GnnReRank.Formats.Arrays;
using Microsoft.Win32.SafeHandles;

namespace GnnReRank.Formats.Zip;

/// <summary>Some bytes of an open file; any number of sections are read side by side.</summary>
internal sealed class ZipSection : ForwardStream
{
    private readonly SafeFileHandle _file;
    private readonly long _end;
    private long _position;

    /// <param name="file">The file, which stays open.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="length">The number of bytes.</param>
    public ZipSection(SafeFileHandle file, long start, long length)
    {
        _file = file;
        _position = start;
        _end = start + length;
    }

    public override int Read(Span<byte> buffer)
    {
        int read = RandomAccess.Read(_file, buffer[..(int)Math.Min(buffer.Length, _end - _position)], _position);
        _position += read;
        return read;
    }
}
