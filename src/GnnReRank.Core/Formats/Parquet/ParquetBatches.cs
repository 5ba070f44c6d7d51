namespace GnnReRank.Formats.Parquet;

/// <summary>The values of one column in one row group, in batches.</summary>
internal abstract class ParquetBatches<TValue> : IDisposable
{
    /// <summary>The most values of one batch: its buffers stay below the large object heap, as a file may have thousands of columns.</summary>
    public const int Size = 1 << 12;

    private readonly short[] _definitions = new short[Size];
    private readonly short[] _repetitions = new short[Size];
    private int _levelCount;

    /// <summary>Definition levels of the batch; empty where no value can be missing.</summary>
    public ReadOnlySpan<short> Definitions => _definitions.AsSpan(0, Column.MaxDefinition > 0 ? _levelCount : 0);

    /// <summary>Repetition levels of the batch; empty for a column without lists.</summary>
    public ReadOnlySpan<short> Repetitions => _repetitions.AsSpan(0, Column.MaxRepetition > 0 ? _levelCount : 0);

    /// <summary>Whether another batch follows; opens the next data page where one ends.</summary>
    public abstract bool HasNext { get; }

    protected abstract ParquetColumn Column { get; }

    /// <summary>Reads the next batch.</summary>
    /// <param name="values">Room for the values, <see cref="Size"/> at most; those that are null are left out.</param>
    /// <param name="valueCount">The number of values that were there.</param>
    /// <returns>The number of levels: values, nulls and empty lists.</returns>
    public int Read(Span<TValue> values, out int valueCount)
    {
        _levelCount = Read(_definitions, _repetitions, values, out valueCount);
        return _levelCount;
    }

    /// <summary>Puts the values that were there where their levels stand, and a stand-in where one is null.</summary>
    /// <param name="values">The values; as many levels have a place as come back.</param>
    /// <param name="valueCount">The number of values that were there.</param>
    /// <param name="least">The definition level from which on there is a place.</param>
    /// <param name="missing">What stands for a null.</param>
    /// <returns>The number of places.</returns>
    public int Spread(Span<TValue> values, int valueCount, short least, TValue missing)
    {
        ReadOnlySpan<short> definitions = Definitions;
        int places = 0;
        foreach (short definition in definitions)
        {
            places += definition >= least ? 1 : 0;
        }

        int place = places;
        for (int level = definitions.Length - 1; place > valueCount; level--)
        {
            if (definitions[level] >= least)
            {
                values[--place] = definitions[level] == Column.MaxDefinition ? values[--valueCount] : missing;
            }
        }

        return places;
    }

    public abstract void Dispose();

    protected abstract int Read(Span<short> definitions, Span<short> repetitions, Span<TValue> values, out int valueCount);
}
