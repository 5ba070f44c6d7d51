using System.Numerics.Tensors;

namespace GnnReRank.Storage;

/// <summary>
/// The values of a feature matrix, <see cref="RowCount"/> x <see cref="Dimension"/> and row-major, in memory or in a file, in either
/// precision. Never written once it is handed over, so it is safe to share between threads.
/// </summary>
internal abstract unsafe class FeatureStorage
{
    /// <param name="rowCount">The number of rows, at least 1.</param>
    /// <param name="dimension">The number of values a row, at least 1.</param>
    /// <param name="elementType">The precision of the stored values.</param>
    protected FeatureStorage(int rowCount, int dimension, FeatureElementType elementType)
    {
        RowCount = rowCount;
        Dimension = dimension;
        ElementType = elementType;
    }

    public int RowCount { get; }

    public int Dimension { get; }

    public FeatureElementType ElementType { get; }

    /// <summary>Whether the values lie in a file that is mapped into the address space.</summary>
    public abstract bool IsMemoryMapped { get; }

    /// <summary>The bytes of one stored value.</summary>
    public int ElementSize => ElementType == FeatureElementType.Float16 ? sizeof(ushort) : sizeof(float);

    /// <summary>The bytes of all stored values; past 2^31 for a large file.</summary>
    public long ByteCount => (long)RowCount * Dimension * ElementSize;

    /// <summary>Refuses values that lie in a file which is no longer what it was; to be called once before they are used.</summary>
    /// <exception cref="GnnReRankException">The file has changed.</exception>
    public virtual void RequireUnchanged()
    {
    }

    /// <summary>Holds the values at one address until disposed.</summary>
    /// <exception cref="GnnReRankException">The file they lie in has been cut short.</exception>
    public abstract PinnedRows Pin();

    /// <summary>One value, widened to float32.</summary>
    public float Value(int row, int column)
    {
        using PinnedRows pinned = Pin();
        return pinned.Value(row, column);
    }

    /// <summary>One row as float32: the stored one where that can be had safely, otherwise a copy of its own.</summary>
    public virtual ReadOnlySpan<float> Row(int row) => Rows(row, 1, new float[Dimension]);

    /// <summary>Some rows as float32: the stored ones where that can be had safely, otherwise copies in the buffer.</summary>
    /// <param name="first">0-based first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="buffer">Room for count x <see cref="Dimension"/> values.</param>
    public virtual ReadOnlySpan<float> Rows(int first, int count, Span<float> buffer)
    {
        CopyRows(first, count, buffer);
        return buffer[..(count * Dimension)];
    }

    /// <summary>Copies rows as float32.</summary>
    /// <param name="first">0-based first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="target">Room for count x <see cref="Dimension"/> values.</param>
    public void CopyRows(int first, int count, Span<float> target)
    {
        using PinnedRows pinned = Pin();
        for (int row = 0; row < count; row++)
        {
            pinned.CopyRow(first + row, target.Slice(row * Dimension, Dimension));
        }
    }

    /// <summary>Copies stored bytes as they are.</summary>
    /// <param name="offset">The first byte, counted from the first value's.</param>
    /// <param name="target">As many bytes as are wanted.</param>
    public void CopyBytes(long offset, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + target.Length, ByteCount);
        using PinnedRows pinned = Pin();
        new ReadOnlySpan<byte>(pinned.Bytes + offset, target.Length).CopyTo(target);
    }

    /// <summary>A copy of some rows, in memory and in the stored precision.</summary>
    /// <param name="rows">0-based rows.</param>
    /// <param name="columns">0-based columns; null takes all.</param>
    public FeatureStorage Pick(int[] rows, int[]? columns = null) =>
        ElementType == FeatureElementType.Float16 ? Pick<Half>(rows, columns) : Pick<float>(rows, columns);

    /// <summary>The same values in a precision: this storage where it has it, otherwise a copy in memory; to float16 they are rounded.</summary>
    public FeatureStorage As(FeatureElementType elementType)
    {
        if (elementType == ElementType)
        {
            return this;
        }

        RequireUnchanged();
        int count = FeatureMatrixChecks.ElementCount(RowCount, Dimension);
        if (elementType == FeatureElementType.Float32)
        {
            float[] singles = new float[count];
            CopyRows(0, RowCount, singles);
            return new ArrayStorage<float>(singles, RowCount, Dimension);
        }

        Half[] halves = new Half[count];
        float[] buffer = new float[Dimension];
        for (int row = 0; row < RowCount; row++)
        {
            TensorPrimitives.ConvertToHalf(Rows(row, 1, buffer), halves.AsSpan(row * Dimension, Dimension));
        }

        return new ArrayStorage<Half>(halves, RowCount, Dimension);
    }

    private ArrayStorage<T> Pick<T>(int[] rows, int[]? columns)
        where T : unmanaged
    {
        RequireUnchanged();
        int width = columns?.Length ?? Dimension;
        T[] picked = new T[FeatureMatrixChecks.ElementCount(rows.Length, width)];
        using PinnedRows pinned = Pin();
        for (int row = 0; row < rows.Length; row++)
        {
            ReadOnlySpan<T> stored = new(pinned.Bytes + ((long)rows[row] * Dimension * sizeof(T)), Dimension);
            Span<T> target = picked.AsSpan(row * width, width);
            if (columns is null)
            {
                stored.CopyTo(target);
                continue;
            }

            for (int column = 0; column < width; column++)
            {
                target[column] = stored[columns[column]];
            }
        }

        return new ArrayStorage<T>(picked, rows.Length, width);
    }
}
