using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Hdf5;

/// <summary>One dataset: what its elements are, and how they are read.</summary>
internal sealed class Hdf5Dataset
{
    private readonly Hdf5Source _source;
    private readonly Hdf5Layout _layout;
    private readonly Hdf5Filters _filters;
    private readonly long[] _stored;

    /// <param name="source">The file.</param>
    /// <param name="header">The dataset's header.</param>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    /// <exception cref="Hdf5UnreadException">The dataset is kept in a way that is not read.</exception>
    public Hdf5Dataset(Hdf5Source source, Hdf5Header header)
    {
        _source = source;
        if (header.Has(Hdf5MessageType.ExternalFiles))
        {
            throw new Hdf5UnreadException("its values are kept in another file");
        }

        Type = Hdf5Type.Read(source.Cursor(header.Only(Hdf5MessageType.Datatype)));
        _layout = Hdf5Layout.Read(source.Cursor(header.Only(Hdf5MessageType.Layout)));
        _filters = header.Has(Hdf5MessageType.Filters)
            ? Hdf5Filters.Read(source.Cursor(header.Only(Hdf5MessageType.Filters)))
            : new Hdf5Filters();
        MatlabClass = Hdf5Attributes.Text(source, header, "MATLAB_class");

        IsMatlabEmpty = Hdf5Attributes.Find(source, header, "MATLAB_empty") is { } mark && mark.Span.IndexOfAnyExcept((byte)0) >= 0;
        _stored = Hdf5Shape.Read(source.Cursor(header.Only(Hdf5MessageType.Dataspace)));
    }

    /// <summary>The type of the elements.</summary>
    public Hdf5Type Type { get; }

    /// <summary>The extents in the file's order, outermost first.</summary>
    public long[] Extents => IsMatlabEmpty ? [0] : _stored;

    /// <summary>Whether MATLAB calls the array empty: its extents are then stored as its elements.</summary>
    public bool IsMatlabEmpty { get; }

    /// <summary>The number of elements stored: of an empty array of MATLAB's, its extents.</summary>
    public long StoredCount => ArrayShape.ElementCount(_stored);

    /// <summary>MATLAB's class of the array; null where another program wrote it.</summary>
    public string? MatlabClass { get; }

    /// <summary>The number of elements.</summary>
    public long Count => ArrayShape.ElementCount(Extents);

    /// <summary>The byte of the file at which the elements lie as they are; null where they do not.</summary>
    public long? Place => _layout.Class == Hdf5LayoutClass.Contiguous ? _source.Place(_layout.Address, Count * Type.Size) : null;

    /// <summary>Holds the extents against the bytes there are, and says how to open the elements in the file's order.</summary>
    /// <exception cref="InvalidDataException">The file does not hold as many.</exception>
    /// <exception cref="Hdf5UnreadException">Some were never written, or they are compressed in a way that is not read.</exception>
    public Func<Stream> Prepare() => Prepare(Extents);

    /// <summary>The same for what is stored: of an empty array of MATLAB's, its extents.</summary>
    public Func<Stream> PrepareStored() => Prepare(_stored);

    private Func<Stream> Prepare(long[] extents)
    {
        Int128 claimed = (Int128)ArrayShape.ElementCount(extents) * Type.Size;
        if (claimed == 0)
        {
            return () => Stream.Null;
        }

        if (claimed > long.MaxValue)
        {
            throw new InvalidDataException($"{claimed:N0} bytes of data are claimed");
        }

        switch (_layout.Class)
        {
            case Hdf5LayoutClass.Compact:
                return _layout.Inline.Length == claimed
                    ? () => new MemoryStream(_layout.Inline.ToArray())
                    : throw new InvalidDataException($"{claimed:N0} bytes of data are claimed, and {_layout.Inline.Length:N0} are there");
            case Hdf5LayoutClass.Contiguous:
                long place = _layout.Address is null ? throw NeverWritten() : _source.Place(_layout.Address, (long)claimed);
                return () => OpenAt(place, (long)claimed);
            default:
                return PrepareChunks(extents);
        }
    }

    private Func<Stream> PrepareChunks(long[] extents)
    {
        Hdf5Grid grid = new(extents, _layout.ChunkExtents, Type.Size);
        if (grid.SlabBytes(0) > Array.MaxLength)
        {
            throw new Hdf5UnreadException(
                $"its chunks are so high that {grid.SlabBytes(0):N0} bytes must be held at once. Write it in chunks of fewer rows, as chunks=(1024, x.shape[1])");
        }

        Dictionary<long, Hdf5Chunk> chunks = Hdf5Chunks.Find(_source, _layout, grid, !_filters.IsEmpty);
        if (chunks.Count < grid.Count)
        {
            throw NeverWritten();
        }

        // The bytes of a chunk belong to no other, so that all of them together bound what can come out.
        Int128 total = 0;
        foreach (Hdf5Chunk chunk in chunks.Values)
        {
            _ = _source.Place(chunk.Address, chunk.Length);
            total += chunk.Length;
            if (!_filters.CanHold(chunk.Length, grid.ChunkBytes))
            {
                throw new InvalidDataException($"A chunk claims {grid.ChunkBytes:N0} bytes, and its {chunk.Length:N0} stored bytes cannot hold as many");
            }
        }

        return total <= _source.Length
            ? () => new Hdf5ChunkStream(_source, grid, Type.Size, chunks, _filters)
            : throw new InvalidDataException($"Its chunks claim {total:N0} bytes, and the file has {_source.Length:N0}");
    }

    private BoundedStream OpenAt(long place, long count)
    {
        FileStream file = InputFile.OpenRead(_source.Path);
        file.Position = place;
        return new BoundedStream(file, count);
    }

    private static Hdf5UnreadException NeverWritten() => new("parts of it were never written");
}
