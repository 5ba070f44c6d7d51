namespace GnnReRank.Formats.Arrays;

/// <summary>
/// Compressed bytes for an inflater, which asks for more only where its data has not ended. The platform's inflater takes the end of the
/// bytes for the end of the data, and then verifies no checksum: one flipped bit that hides the end is enough.
/// </summary>
internal sealed class RequiredBytes : ForwardStream
{
    private readonly Stream _inner;

    /// <param name="inner">The bytes; disposed of together with this stream.</param>
    public RequiredBytes(Stream inner) => _inner = inner;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">There are no more.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _inner.Read(buffer);
        return read > 0 || buffer.IsEmpty ? read : throw new InvalidDataException("Compressed data goes on behind its last byte: it is cut short or damaged");
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
