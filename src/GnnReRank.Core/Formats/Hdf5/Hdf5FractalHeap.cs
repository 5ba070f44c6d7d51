using System.Numerics;

namespace GnnReRank.Formats.Hdf5;

/// <summary>A heap whose blocks double in size, row after row.</summary>
internal sealed class Hdf5FractalHeap
{
    private const int ManagedKind = 0;
    private const int BlocksAreChecked = 0x02;

    private readonly Hdf5Source _source;
    private readonly int _width;
    private readonly long _firstSize;
    private readonly int _directRows;
    private readonly int _offsetBytes;
    private readonly long? _root;
    private readonly int _rootRows;
    private readonly bool _isChecked;
    private readonly Dictionary<long, ReadOnlyMemory<byte>> _blocks = [];

    /// <exception cref="InvalidDataException">No heap lies there.</exception>
    /// <exception cref="Hdf5UnreadException">The heap is compressed.</exception>
    public Hdf5FractalHeap(Hdf5Source source, long address)
    {
        _source = source;
        Hdf5Cursor header = source.ReadChecked(address, 22L + (12L * source.LengthSize) + (3L * source.OffsetSize));
        header.Expect("FRHP");
        header.Skip(1 + 2);
        if (header.ReadUInt16() != 0)
        {
            throw new Hdf5UnreadException("its list of links is compressed");
        }

        _isChecked = (header.ReadByte() & BlocksAreChecked) != 0;

        // The largest object, what is known of huge and free space, and statistics.
        header.Skip(4 + source.LengthSize + source.OffsetSize + source.LengthSize + source.OffsetSize + (8L * source.LengthSize));
        _width = header.ReadUInt16();
        _firstSize = header.ReadLength();
        long largestDirect = header.ReadLength();
        int offsetBits = header.ReadUInt16();
        header.Skip(2);
        _root = header.ReadAddress();
        _rootRows = header.ReadUInt16();
        if (_width == 0 || !BitOperations.IsPow2(_firstSize) || !BitOperations.IsPow2(largestDirect) || offsetBits is 0 or > 64
            || largestDirect < _firstSize || largestDirect > int.MaxValue)
        {
            throw new InvalidDataException("A heap is of impossible sizes");
        }

        _offsetBytes = (offsetBits + 7) / 8;
        _directRows = BitOperations.Log2((ulong)largestDirect) - BitOperations.Log2((ulong)_firstSize) + 2;
    }

    // Mark, version, the header's address and the block's own offset come first in every block.
    private int PrefixLength => 5 + _source.OffsetSize + _offsetBytes;

    /// <summary>The object that an identifier stands for.</summary>
    /// <exception cref="InvalidDataException">It is not in the heap.</exception>
    /// <exception cref="Hdf5UnreadException">It is kept outside of the heap's blocks.</exception>
    public ReadOnlyMemory<byte> Object(ReadOnlyMemory<byte> identifier)
    {
        Hdf5Cursor cursor = _source.Cursor(identifier);
        if (((cursor.ReadByte() >> 4) & 0x03) != ManagedKind)
        {
            throw new Hdf5UnreadException("one of its links is very long");
        }

        long offset = cursor.ReadNumber(_offsetBytes);
        long length = cursor.ReadNumber(Math.Min(cursor.Left, sizeof(long)));
        (ReadOnlyMemory<byte> block, long within) = Locate(offset);
        return within <= block.Length && length <= block.Length - within
            ? block.Slice((int)within, (int)length)
            : throw new InvalidDataException("A link lies outside of its heap");
    }

    // The block that holds an object, and the byte of it where the object starts.
    private (ReadOnlyMemory<byte> Block, long Within) Locate(long offset)
    {
        long? block = _root;
        int rows = _rootRows;
        long direct = _firstSize;
        while (rows > 0)
        {
            (int row, long start, long size) = RowOf(offset);
            if (row >= rows)
            {
                throw new InvalidDataException("A link lies outside of its heap");
            }

            long column = (offset - start) / size;
            offset -= start + (column * size);
            bool isDirect = row < _directRows;
            block = Child(block, rows, (row * _width) + column);
            direct = size;
            rows = isDirect ? 0 : BitOperations.Log2((ulong)size) - BitOperations.Log2((ulong)(_width * _firstSize)) + 1;
        }

        return (DirectBlock(block, direct), offset);
    }

    // The first two rows have blocks of the first size; from there each row doubles it.
    private (int Row, long Start, long Size) RowOf(long offset)
    {
        Int128 rowBytes = (Int128)_width * _firstSize;
        if (offset < rowBytes)
        {
            return (0, 0, _firstSize);
        }

        int row = BitOperations.Log2((ulong)(offset / rowBytes)) + 1;
        return (row, (long)(rowBytes << (row - 1)), _firstSize << (row - 1));
    }

    private long? Child(long? block, int rows, long place)
    {
        ReadOnlyMemory<byte> children = Once(block, () =>
        {
            long length = PrefixLength + ((long)rows * _width * _source.OffsetSize);
            Hdf5Cursor cursor = _source.ReadChecked(block, length);
            cursor.Expect("FHIB");
            cursor.Skip(PrefixLength - cursor.Position);
            return cursor.ReadBytes(cursor.Left);
        });
        Hdf5Cursor child = _source.Cursor(children);
        child.Skip(place * _source.OffsetSize);
        return child.ReadAddress();
    }

    private ReadOnlyMemory<byte> DirectBlock(long? block, long size) => Once(block, () =>
    {
        Hdf5Cursor cursor = _source.Read(block, size);
        ReadOnlyMemory<byte> bytes = cursor.ReadBytes(size);
        _source.Cursor(bytes).Expect("FHDB");
        if (_isChecked)
        {
            // It is of the whole block, with zeros in its own place.
            cursor = _source.Cursor(bytes);
            cursor.Skip(PrefixLength);
            uint expected = cursor.ReadUInt32();
            byte[] withoutChecksum = bytes.ToArray();
            withoutChecksum.AsSpan(PrefixLength, Hdf5Source.ChecksumLength).Clear();
            Hdf5Source.RequireChecksum(withoutChecksum, expected);
        }

        return bytes;
    });

    private ReadOnlyMemory<byte> Once(long? address, Func<ReadOnlyMemory<byte>> read)
    {
        long key = address ?? throw new InvalidDataException("A block of a heap has no place");
        if (!_blocks.TryGetValue(key, out ReadOnlyMemory<byte> bytes))
        {
            bytes = read();
            _blocks.Add(key, bytes);
        }

        return bytes;
    }
}
