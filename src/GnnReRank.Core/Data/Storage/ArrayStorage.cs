namespace GnnReRank.Storage;

/// <summary>Values in one array in memory: float for float32, <see cref="Half"/> for float16.</summary>
internal sealed class ArrayStorage<T> : FeatureStorage
    where T : unmanaged
{
    private readonly T[] _values;

    /// <summary>Takes the array over; the caller must not touch it afterwards.</summary>
    /// <param name="values">rowCount x dimension values, row-major.</param>
    /// <param name="rowCount">The number of rows, at least 1.</param>
    /// <param name="dimension">The number of values a row, at least 1.</param>
    public ArrayStorage(T[] values, int rowCount, int dimension)
        : base(rowCount, dimension, typeof(T) == typeof(Half) ? FeatureElementType.Float16 : FeatureElementType.Float32) => _values = values;

    public override bool IsMemoryMapped => false;

    public override PinnedRows Pin() => new(this, _values.AsMemory().Pin());

    public override ReadOnlySpan<float> Row(int row) => (object)_values is float[] singles
        ? singles.AsSpan(row * Dimension, Dimension)
        : base.Row(row);

    public override ReadOnlySpan<float> Rows(int first, int count, Span<float> buffer) => (object)_values is float[] singles
        ? singles.AsSpan(first * Dimension, count * Dimension)
        : base.Rows(first, count, buffer);
}
