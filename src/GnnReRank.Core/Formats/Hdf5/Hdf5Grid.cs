using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Hdf5;

/// <summary>How a dataset is cut into chunks.</summary>
internal sealed class Hdf5Grid
{
    private readonly long[] _extents;
    private readonly long[] _chunk;
    private readonly long[] _counts;
    private readonly int _elementSize;

    /// <param name="extents">The extents of the dataset, none of them 0.</param>
    /// <param name="chunk">Those of a chunk.</param>
    /// <param name="elementSize">The bytes of an element.</param>
    /// <exception cref="InvalidDataException">They do not fit each other, or a chunk is larger than can be.</exception>
    public Hdf5Grid(long[] extents, long[] chunk, int elementSize)
    {
        if (chunk.Length != extents.Length || chunk.Length == 0)
        {
            throw new InvalidDataException($"A dataset {ArrayShape.Text(extents)} is cut into chunks {ArrayShape.Text(chunk)}");
        }

        Int128 bytes = (Int128)ArrayShape.ElementCount(chunk) * elementSize;
        if (bytes > Array.MaxLength)
        {
            throw new InvalidDataException($"A chunk of {bytes:N0} bytes is claimed, and {Array.MaxLength:N0} are the most there may be");
        }

        _extents = extents;
        _chunk = chunk;
        _elementSize = elementSize;
        _counts = extents.Select((extent, axis) => ((extent - 1) / chunk[axis]) + 1).ToArray();
        ChunkBytes = (long)bytes;
        Count = ArrayShape.ElementCount(_counts);
    }

    /// <summary>The number of chunks.</summary>
    public long Count { get; }

    /// <summary>The bytes of a chunk, which are the same at the edges.</summary>
    public long ChunkBytes { get; }

    /// <summary>The number of chunks along the first dimension.</summary>
    public long Slabs => _counts[0];

    /// <summary>The extents of a slab: all chunks that share their place along the first dimension.</summary>
    public long[] SlabExtents(long slab) => [Math.Min(_chunk[0], _extents[0] - (slab * _chunk[0])), .. _extents[1..]];

    /// <summary>The bytes of a slab.</summary>
    public Int128 SlabBytes(long slab) => (Int128)ArrayShape.ElementCount(SlabExtents(slab)) * _elementSize;

    /// <summary>The places of the chunks of a slab, with their offsets in it.</summary>
    public IEnumerable<(long Place, long[] Offset)> ChunksOf(long slab)
    {
        long perSlab = Count / Slabs;
        for (long chunk = 0; chunk < perSlab; chunk++)
        {
            long[] offset = new long[_chunk.Length];
            long rest = chunk;
            for (int axis = _chunk.Length - 1; axis > 0; axis--)
            {
                offset[axis] = rest % _counts[axis] * _chunk[axis];
                rest /= _counts[axis];
            }

            yield return ((slab * perSlab) + chunk, offset);
        }
    }

    /// <summary>The place of the chunk that starts at an element; null where it lies outside.</summary>
    /// <exception cref="InvalidDataException">No chunk starts there.</exception>
    public long? Place(long[] start)
    {
        long place = 0;
        for (int axis = 0; axis < start.Length; axis++)
        {
            if (start[axis] % _chunk[axis] != 0)
            {
                throw new InvalidDataException("A chunk starts within another");
            }

            long along = start[axis] / _chunk[axis];
            if (along >= _counts[axis])
            {
                return null;
            }

            place = (place * _counts[axis]) + along;
        }

        return place;
    }

    /// <summary>Copies what of a chunk lies within the dataset to its place in the slab.</summary>
    /// <param name="chunk">The chunk's elements.</param>
    /// <param name="offset">Its offset in the slab.</param>
    /// <param name="slab">The slab's elements.</param>
    /// <param name="extents">The slab's extents.</param>
    public void Copy(ReadOnlySpan<byte> chunk, long[] offset, Span<byte> slab, long[] extents)
    {
        int last = extents.Length - 1;
        long[] within = extents.Select((extent, axis) => Math.Min(_chunk[axis], extent - offset[axis])).ToArray();
        int length = (int)(within[last] * _elementSize);
        long[] position = new long[extents.Length];
        while (true)
        {
            long source = 0;
            long target = 0;
            for (int axis = 0; axis <= last; axis++)
            {
                source = (source * _chunk[axis]) + position[axis];
                target = (target * extents[axis]) + offset[axis] + position[axis];
            }

            chunk.Slice((int)(source * _elementSize), length).CopyTo(slab[(int)(target * _elementSize)..]);
            int moving = last - 1;
            while (moving >= 0 && ++position[moving] == within[moving])
            {
                position[moving--] = 0;
            }

            if (moving < 0)
            {
                return;
            }
        }
    }
}
