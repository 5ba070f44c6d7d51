using System.Buffers;
using System.Numerics.Tensors;

namespace GnnReRank.Storage;

/// <summary>The rows of a storage at a fixed address, for code that works with pointers. Reading from several threads is safe.</summary>
internal sealed unsafe class PinnedRows : IDisposable
{
    private readonly FeatureStorage _storage;
    private readonly int _dimension;
    private readonly long _rowBytes;
    private MemoryHandle _pin;

    /// <param name="storage">Whose rows they are; it cannot go away before this object is disposed.</param>
    /// <param name="pin">Points to the first value, and holds it there.</param>
    public PinnedRows(FeatureStorage storage, MemoryHandle pin)
    {
        _storage = storage;
        _pin = pin;
        Bytes = (byte*)pin.Pointer;
        IsDirect = storage.ElementType == FeatureElementType.Float32;
        _dimension = storage.Dimension;
        _rowBytes = (long)storage.Dimension * storage.ElementSize;
    }

    /// <summary>The first stored byte. In a file it may have any alignment: every processor that .NET runs on loads from there all the same.</summary>
    public byte* Bytes { get; }

    /// <summary>Whether the stored rows are float32, so that <see cref="Row"/> needs no room for a copy.</summary>
    public bool IsDirect { get; }

    /// <summary>A row as float32: the stored one, or else a widened copy in the scratch.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="scratch">Room for a row of float32; not looked at where <see cref="IsDirect"/> holds.</param>
    public float* Row(int row, float* scratch)
    {
        byte* stored = Bytes + (row * _rowBytes);
        if (IsDirect)
        {
            return (float*)stored;
        }

        TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>(stored, _dimension), new Span<float>(scratch, _dimension));
        return scratch;
    }

    /// <summary>Copies a row as float32.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="target">Room for a row.</param>
    public void CopyRow(int row, Span<float> target)
    {
        fixed (float* scratch = target)
        {
            float* found = Row(row, scratch);
            if (found != scratch)
            {
                new ReadOnlySpan<float>(found, _dimension).CopyTo(target);
            }
        }
    }

    /// <summary>One value as float32.</summary>
    public float Value(int row, int column)
    {
        byte* stored = Bytes + (row * _rowBytes);
        return IsDirect ? ((float*)stored)[column] : (float)((Half*)stored)[column];
    }

    public void Dispose()
    {
        _pin.Dispose();
        GC.KeepAlive(_storage);
    }
}
