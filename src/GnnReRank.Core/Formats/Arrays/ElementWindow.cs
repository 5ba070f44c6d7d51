namespace GnnReRank.Formats.Arrays;

/// <summary>Takes elements here and there from a stream, always forward, through a block that moves along it; large gaps are passed over.</summary>
internal sealed class ElementWindow<T>
    where T : unmanaged
{
    private const int BlockBytes = 1 << 18;

    // After a gap more may follow or not: reading a little ahead costs a disk nothing.
    private const int AheadBytes = 1 << 14;

    private readonly Stream _stream;
    private readonly ArrayElementType _type;
    private readonly ElementConverter<T> _convert;
    private readonly long _total;
    private readonly CancellationToken _cancellation;
    private readonly byte[] _block;
    private readonly T[] _converted;
    private long _start;
    private int _count;

    /// <param name="stream">Starts at the first element.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="total">The number of elements there are.</param>
    /// <param name="convert">Makes elements of the final type.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public ElementWindow(Stream stream, ArrayElementType type, long total, ElementConverter<T> convert, CancellationToken cancellation)
    {
        _stream = stream;
        _type = type;
        _total = total;
        _convert = convert;
        _cancellation = cancellation;
        _block = new byte[Math.Min(BlockBytes, total * type.Size)];
        _converted = new T[_block.Length / type.Size];
    }

    /// <summary>Whether the last element has been read.</summary>
    public bool IsAtEnd => _start + _count == _total;

    /// <summary>Reads on to the end where that is worth it for a checksum.</summary>
    /// <returns>Whether the end is reached.</returns>
    public bool TryGoToEnd()
    {
        long end = _start + _count;
        if (!StreamEnd.IsWorthReading((_total - end) * _type.Size, end * _type.Size))
        {
            return false;
        }

        Skip(_total - end);
        (_start, _count) = (_total, 0);
        return true;
    }

    /// <summary>Takes elements that lie together.</summary>
    /// <param name="first">Their first, not before what was taken last.</param>
    /// <param name="target">As many as are wanted.</param>
    public void Copy(long first, Span<T> target)
    {
        while (target.Length > 0)
        {
            int offset = OffsetOf(first, target.Length);
            int count = Math.Min(_count - offset, target.Length);
            _convert(_block.AsSpan(offset * _type.Size, count * _type.Size), _type, target[..count]);
            target = target[count..];
            first += count;
        }
    }

    /// <summary>Takes elements that lie apart.</summary>
    /// <param name="origin">What the positions are counted from.</param>
    /// <param name="positions">Ascending positions; the first not before what was taken last.</param>
    /// <param name="target">Room for as many elements.</param>
    public void Gather(long origin, ReadOnlySpan<int> positions, Span<T> target)
    {
        while (positions.Length > 0)
        {
            int near = NearCount(positions);
            long first = origin + positions[0];
            int offset = OffsetOf(first, positions[near - 1] - positions[0] + 1);
            int count = CountBelow(positions[..near], (long)positions[0] + _count - offset);
            int width = positions[count - 1] - positions[0] + 1;
            _convert(_block.AsSpan(offset * _type.Size, width * _type.Size), _type, _converted.AsSpan(0, width));
            for (int place = 0; place < count; place++)
            {
                target[place] = _converted[positions[place] - positions[0]];
            }

            positions = positions[count..];
            target = target[count..];
        }
    }

    // How many of the positions lie within a read-ahead of each other, so that they are worth one reading.
    private int NearCount(ReadOnlySpan<int> positions)
    {
        int ahead = AheadBytes / _type.Size;
        int count = 1;
        while (count < positions.Length && positions[count] - positions[count - 1] <= ahead && positions[count] - positions[0] < _converted.Length)
        {
            count++;
        }

        return count;
    }

    private static int CountBelow(ReadOnlySpan<int> positions, long end)
    {
        int found = end > int.MaxValue ? positions.Length : positions.BinarySearch((int)end);
        return found < 0 ? ~found : found;
    }

    // Where an element lies in the block, which is moved there where it must be.
    private int OffsetOf(long element, int wanted)
    {
        long end = _start + _count;
        if (element >= end)
        {
            bool isNear = (element - end) * _type.Size <= AheadBytes;
            Skip(element - end);
            int room = _block.Length / _type.Size;
            int ahead = isNear ? room : Math.Max(wanted, AheadBytes / _type.Size);
            _start = element;
            _count = 0;
            Load((int)Math.Min(Math.Min(room, ahead), _total - element));
        }

        return (int)(element - _start);
    }

    private void Load(int count)
    {
        _cancellation.ThrowIfCancellationRequested();
        Span<byte> bytes = _block.AsSpan(0, count * _type.Size);
        _stream.ReadExactly(bytes);
        ElementConversion.ToNativeOrder(bytes, _type);
        _count = count;
    }

    private void Skip(long elements)
    {
        long bytes = elements * _type.Size;
        if (_stream.CanSeek)
        {
            _stream.Seek(bytes, SeekOrigin.Current);
            return;
        }

        while (bytes > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(bytes, _block.Length);
            _stream.ReadExactly(_block.AsSpan(0, count));
            bytes -= count;
        }
    }
}
