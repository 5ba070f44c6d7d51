namespace GnnReRank.Formats.Columns;

/// <summary>
/// An array that grows with what arrives from a file, so that memory follows the data and not what a header claims.
/// </summary>
internal sealed class GrowingArray<T>
{
    private const int SmallestCapacity = 256;

    // An estimate of the final number takes a good sample, and is not trusted for more than so many times what there is.
    private const int SmallestSample = 1 << 16;
    private const int LargestStep = 4;
    private const double Allowance = 1.05;

    private readonly Func<double>? _partRead;
    private readonly long _claimed = long.MaxValue;
    private T[] _items;

    /// <summary>Starts with room for what is expected, as far as the file's size makes it likely.</summary>
    /// <param name="expected">The number of items that the file claims.</param>
    /// <param name="fileLength">The file's length in bytes: the most items that are given room in advance.</param>
    public GrowingArray(long expected = 0, long fileLength = 0)
    {
        _items = Allocated(Math.Clamp(Math.Min(expected, fileLength), 0, Array.MaxLength));
        _claimed = expected > 0 ? expected : long.MaxValue;
    }

    /// <summary>Starts empty, for items whose number only the whole file tells.</summary>
    /// <param name="partRead">The part of the file that has been read, above 0 and up to 1: it says how many items are yet to come.</param>
    public GrowingArray(Func<double> partRead)
        : this() => _partRead = partRead;

    public int Count { get; private set; }

    public ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    public T this[int position] => Items[position];

    public void Clear() => Count = 0;

    public void Add(T item)
    {
        Reserve(1)[0] = item;
        Count++;
    }

    /// <summary>Room for some more items, at least one: what is there already, or else newly made room; at most so much.</summary>
    public Span<T> Free(int most)
    {
        Span<T> free = Reserve(1);
        return free[..Math.Min(free.Length, most)];
    }

    /// <summary>Room for at least so many more items; what is filled counts after <see cref="Advance"/>.</summary>
    public Span<T> Reserve(int count)
    {
        long needed = (long)Count + count;
        if (needed > _items.Length)
        {
            Grow(needed);
        }

        return _items.AsSpan(Count);
    }

    public void Advance(int count) => Count += count;

    /// <summary>The items as an array of their own length; the buffer itself where it fits. Starts anew.</summary>
    public T[] TakeArray()
    {
        T[] taken = Count == _items.Length ? _items : Items.ToArray();
        _items = [];
        Count = 0;
        return taken;
    }

    /// <summary>The buffer with the items at its start; a copy of their length where much of it is empty. Starts anew.</summary>
    public T[] TakeBuffer()
    {
        if (_items.Length - Count > Count * 2 * (Allowance - 1))
        {
            return TakeArray();
        }

        T[] taken = _items;
        _items = [];
        Count = 0;
        return taken;
    }

    /// <summary>Forgets the first items; those after them move to the start.</summary>
    public void DropFirst(int count)
    {
        Items[count..].CopyTo(_items);
        Count -= count;
    }

    /// <summary>Keeps some rows of items, in their order, and forgets the others.</summary>
    /// <param name="rows">0-based rows in ascending order.</param>
    /// <param name="width">The number of items a row.</param>
    public void KeepRows(ReadOnlySpan<int> rows, int width)
    {
        for (int place = 0; place < rows.Length; place++)
        {
            Array.Copy(_items, (long)rows[place] * width, _items, (long)place * width, width);
        }

        Count = rows.Length * width;
    }

    private void Grow(long needed)
    {
        if (needed > Array.MaxLength)
        {
            throw TooLarge(needed);
        }

        T[] larger = Allocated(Math.Clamp(Expected(), Math.Max(needed, SmallestCapacity), Array.MaxLength));
        Items.CopyTo(larger);
        _items = larger;
    }

    private long Expected() => _partRead is null || Count < SmallestSample
        ? Math.Min(2L * _items.Length, _claimed)
        : (long)Math.Min(Allowance * Count / _partRead(), (double)LargestStep * _items.Length);

    private static T[] Allocated(long length)
    {
        try
        {
            return new T[length];
        }
        catch (OutOfMemoryException)
        {
            throw TooLarge(length);
        }
    }

    private static GnnReRankException TooLarge(long items) => new(
        "FeatureMatrixTooLarge", ErrorKind.TooLarge,
        $"The file holds {items:N0} values or more: that is past one array (at most {Array.MaxLength:N0}) or past this machine's memory. " +
        "Read the features from a .npy file of float32 or float16 with -MemoryMapped, split the rows over several files, or reduce the dimension.");
}
