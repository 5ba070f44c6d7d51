using GnnReRank.Compute;
namespace GnnReRank.Formats.Arrays;

/// <summary>Reads elements one after the other from a stream, a block at a time, reporting progress and stopping when asked.</summary>
internal sealed class BlockFiller<T>
    where T : unmanaged
{
    private const int BlockBytes = 1 << 18;

    private readonly NumericArray _array;
    private readonly Stream _stream;
    private readonly ElementConverter<T> _convert;
    private readonly ComputeOptions _options;
    private readonly long _total;
    private readonly byte[] _block;
    private long _done;

    /// <param name="array">The array the stream holds.</param>
    /// <param name="stream">Starts at the first element.</param>
    /// <param name="convert">Makes elements of the final type.</param>
    /// <param name="total">The number of elements there are in all.</param>
    /// <param name="options">Progress and cancellation.</param>
    public BlockFiller(NumericArray array, Stream stream, ElementConverter<T> convert, long total, ComputeOptions options)
    {
        _array = array;
        _stream = stream;
        _convert = convert;
        _total = total;
        _options = options;
        _block = new byte[Math.Min(BlockBytes, total * array.Type.Size)];
    }

    /// <summary>Fills the target with the next elements.</summary>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    public void Fill(Span<T> target)
    {
        int elementsPerBlock = _block.Length / _array.Type.Size;
        while (target.Length > 0)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(elementsPerBlock, target.Length);
            Span<byte> bytes = _block.AsSpan(0, count * _array.Type.Size);
            _stream.ReadExactly(bytes);
            ElementConversion.ToNativeOrder(bytes, _array.Type);
            _convert(bytes, _array.Type, target[..count]);
            target = target[count..];
            _done += count;
            _options.Progress?.Report(new StageProgress("Reading", _done * _array.Type.Size, _total * _array.Type.Size, StageUnits.Bytes));
        }
    }
}
