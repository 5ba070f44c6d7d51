using System.Numerics;

namespace GnnReRank.Formats.Hdf5;

/// <summary>A tree of version 2: records of one length.</summary>
internal sealed class Hdf5NewTree
{
    // Mark, version, type and checksum of a node.
    private const int NodePrefixLength = 6;
    private const int NodeOverhead = 10;

    // A hash, and what finds a link in the heap.
    private const int ShortestRecord = 5;

    private readonly Hdf5Source _source;
    private readonly int _recordLength;
    private readonly int _depth;
    private readonly long? _root;
    private readonly int _rootCount;
    private readonly int _countSize;
    private readonly int[] _totalSizes;

    /// <exception cref="InvalidDataException">No tree lies there.</exception>
    public Hdf5NewTree(Hdf5Source source, long? address)
    {
        _source = source;
        Hdf5Cursor header = source.ReadChecked(address, 18L + source.OffsetSize + source.LengthSize);
        header.Expect("BTHD");
        header.Skip(2);
        long nodeLength = header.ReadUInt32();
        _recordLength = header.ReadUInt16();
        _depth = header.ReadUInt16();
        header.Skip(2);
        _root = header.ReadAddress();
        _rootCount = header.ReadUInt16();
        if (_recordLength < ShortestRecord || nodeLength <= NodeOverhead + _recordLength || _depth > 16)
        {
            throw new InvalidDataException("A tree is of impossible sizes");
        }

        // How wide the numbers beside a child's address are follows from the most that can be in a node.
        double most = (nodeLength - NodeOverhead) / _recordLength;
        double total = most;
        _countSize = SizeOf(most);
        _totalSizes = new int[_depth + 1];
        for (int level = 1; level <= _depth; level++)
        {
            int pointer = source.OffsetSize + _countSize + _totalSizes[level - 1];
            double inNode = Math.Floor((double)(nodeLength - NodeOverhead - pointer) / (_recordLength + pointer));
            total = ((inNode + 1) * total) + inNode;
            _totalSizes[level] = SizeOf(Math.Min(total, ulong.MaxValue));
        }
    }

    /// <summary>All records, in no order that matters.</summary>
    /// <exception cref="InvalidDataException">A node is damaged.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Records()
    {
        Stack<(long? Address, long Count, int Level)> nodes = new();
        if (_root is not null)
        {
            nodes.Push((_root, _rootCount, _depth));
        }

        while (nodes.TryPop(out (long? Address, long Count, int Level) node))
        {
            bool isLeaf = node.Level == 0;
            int pointer = isLeaf ? 0 : _source.OffsetSize + _countSize + _totalSizes[node.Level - 1];
            long length = NodePrefixLength + (node.Count * _recordLength) + (isLeaf ? 0 : (node.Count + 1) * pointer);
            Hdf5Cursor cursor = _source.ReadChecked(node.Address, length);
            cursor.Expect(isLeaf ? "BTLF" : "BTIN");
            cursor.Skip(2);
            for (long record = 0; record < node.Count; record++)
            {
                yield return cursor.ReadBytes(_recordLength);
            }

            for (long child = 0; !isLeaf && child <= node.Count; child++)
            {
                nodes.Push((cursor.ReadAddress(), cursor.ReadNumber(_countSize), node.Level - 1));
                cursor.Skip(_totalSizes[node.Level - 1]);
            }
        }
    }

    private static int SizeOf(double most) => (BitOperations.Log2((ulong)Math.Max(1, most)) / 8) + 1;
}
