using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Safetensors;

/// <summary>Bfloat16 numbers as the float32 numbers they are the upper halves of.</summary>
internal sealed class BrainFloatStream : ForwardStream
{
    /// <summary>The bytes of a number in the file.</summary>
    public const int StoredSize = 2;

    private const int BlockNumbers = 1 << 14;

    private readonly Stream _inner;
    private readonly byte[] _stored = new byte[BlockNumbers * StoredSize];
    private readonly byte[] _widened = new byte[BlockNumbers * sizeof(float)];
    private int _position;
    private int _end;

    /// <param name="inner">Whole numbers, little-endian; it is disposed of together with this stream.</param>
    public BrainFloatStream(Stream inner) => _inner = inner;

    public override int Read(Span<byte> buffer)
    {
        if (_position == _end)
        {
            Widen();
        }

        int count = Math.Min(buffer.Length, _end - _position);
        _widened.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Widen()
    {
        int numbers = _inner.ReadAtLeast(_stored, _stored.Length, throwOnEndOfStream: false) / StoredSize;
        for (int number = 0; number < numbers; number++)
        {
            // The lower half, which comes first, stays zero.
            _stored.AsSpan(number * StoredSize, StoredSize).CopyTo(_widened.AsSpan((number * sizeof(float)) + StoredSize));
        }

        _position = 0;
        _end = numbers * sizeof(float);
    }
}
