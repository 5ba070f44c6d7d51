namespace GnnReRank.Formats.Hdf5;

/// <summary>The collections in which values of variable length are kept.</summary>
internal sealed class Hdf5Heap
{
    private readonly Hdf5Source _source;
    private readonly Dictionary<long, Dictionary<int, ReadOnlyMemory<byte>>> _collections = [];

    public Hdf5Heap(Hdf5Source source) => _source = source;

    /// <summary>One value.</summary>
    /// <param name="collection">The address of its collection.</param>
    /// <param name="index">Its number there.</param>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public ReadOnlyMemory<byte> Value(long collection, int index)
    {
        if (!_collections.TryGetValue(collection, out Dictionary<int, ReadOnlyMemory<byte>>? values))
        {
            values = Read(collection);
            _collections.Add(collection, values);
        }

        return values.TryGetValue(index, out ReadOnlyMemory<byte> value)
            ? value
            : throw new InvalidDataException($"Value {index} of a collection of texts is not there");
    }

    private Dictionary<int, ReadOnlyMemory<byte>> Read(long address)
    {
        const int alignment = 8;
        int prefixLength = 8 + _source.LengthSize;
        Hdf5Cursor start = _source.Read(address, prefixLength);
        start.Expect("GCOL");
        start.Skip(4);
        Hdf5Cursor cursor = _source.Read(address + prefixLength, start.ReadLength() - prefixLength);
        Dictionary<int, ReadOnlyMemory<byte>> values = [];
        while (cursor.Left >= prefixLength)
        {
            int index = cursor.ReadUInt16();
            cursor.Skip(6);
            long length = cursor.ReadLength();

            // Number 0 is the room that is left.
            if (index == 0)
            {
                break;
            }

            values[index] = cursor.ReadBytes(length);
            cursor.Skip(Math.Min(cursor.Left, (alignment - (length % alignment)) % alignment));
        }

        return values;
    }
}
