namespace GnnReRank.Reports.Pictures;

/// <summary>A picture's bytes, which end with the call: the decoders know no cancellation, and take them in small pieces.</summary>
internal sealed class StoppableStream(byte[] content, CancellationToken cancellation) : MemoryStream(content, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count)
    {
        cancellation.ThrowIfCancellationRequested();
        return base.Read(buffer, offset, count);
    }

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        return base.Read(buffer);
    }

    public override int ReadByte()
    {
        cancellation.ThrowIfCancellationRequested();
        return base.ReadByte();
    }
}
