using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Batches of a physical type, converted to the type that is wanted.</summary>
internal sealed class TypedParquetBatches<TPhysical, TValue> : ParquetBatches<TValue>
    where TPhysical : unmanaged
{
    private readonly ColumnReader<TPhysical> _reader;
    private readonly Conversion _convert;
    private readonly TPhysical[] _physical;

    /// <summary>Reads from, and disposes of, a column's reader.</summary>
    public TypedParquetBatches(ColumnReader reader, ParquetColumn column, Conversion convert)
    {
        _reader = (ColumnReader<TPhysical>)reader;
        Column = column;
        _convert = convert;
        _physical = new TPhysical[Size];
    }

    public delegate void Conversion(ReadOnlySpan<TPhysical> from, Span<TValue> to);

    public override bool HasNext => _reader.HasNext;

    protected override ParquetColumn Column { get; }

    public override void Dispose() => _reader.Dispose();

    protected override int Read(Span<short> definitions, Span<short> repetitions, Span<TValue> values, out int valueCount)
    {
        // A batch never crosses a data page, so the byte arrays in it, which point into the page, stay valid until the next one.
        int levels = (int)_reader.ReadBatch(Math.Min(values.Length, Size), definitions, repetitions, _physical, out long read);
        valueCount = (int)read;
        _convert(_physical.AsSpan(0, valueCount), values);
        return levels;
    }
}
