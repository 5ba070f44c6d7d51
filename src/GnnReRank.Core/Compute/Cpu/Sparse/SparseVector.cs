using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>
/// A sparse vector being summed in double precision: dense values, and the elements touched in the order of the first
/// touch. Nothing negative is added, so an element whose value is 0 has not been touched.
/// </summary>
internal sealed unsafe class SparseVector : IDisposable
{
    private readonly NativeBuffer<double> _values;
    private readonly NativeBuffer<int> _touched;
    private int _count;

    public SparseVector(int length)
    {
        _values = new NativeBuffer<double>(length, zeroed: true);

        // One more: an element is written to the end of the list before it is known whether it is new.
        _touched = new NativeBuffer<int>((long)length + 1);
    }

    /// <summary>The touched elements.</summary>
    public ReadOnlySpan<int> Support => _touched.AsSpan(_count);

    /// <summary>An element's value.</summary>
    public double this[int element] => _values.Pointer[element];

    /// <summary>Adds to one element.</summary>
    public void Add(int element, double value)
    {
        double before = _values.Pointer[element];
        double after = before + value;
        _values.Pointer[element] = after;
        _touched.Pointer[_count] = element;
        _count += (before == 0 ? 1 : 0) & (after != 0 ? 1 : 0);
    }

    /// <summary>Adds scale times a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRow(SparseRows rows, int row, double scale)
    {
        int* indices = rows.Indices(row);
        float* values = rows.Values(row);
        int length = rows.Length(row);
        double* sums = _values.Pointer;
        int* touched = _touched.Pointer;
        int count = _count;
        for (int entry = 0; entry < length; entry++)
        {
            int element = indices[entry];
            double before = sums[element];
            double after = before + (scale * values[entry]);
            sums[element] = after;
            touched[count] = element;

            // A product that underflows leaves 0, and the element untouched.
            count += (before == 0 ? 1 : 0) & (after != 0 ? 1 : 0);
        }

        _count = count;
    }

    /// <summary>Adds scale times a row whose values are places, each standing for a weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddPlaces(SparseRows places, int row, double* weights, double scale)
    {
        int* indices = places.Indices(row);
        float* values = places.Values(row);
        int length = places.Length(row);
        double* sums = _values.Pointer;
        int* touched = _touched.Pointer;
        int count = _count;
        for (int entry = 0; entry < length; entry++)
        {
            int element = indices[entry];
            double before = sums[element];
            double after = before + (scale * weights[(int)values[entry]]);
            sums[element] = after;
            touched[count] = element;
            count += (before == 0 ? 1 : 0) & (after != 0 ? 1 : 0);
        }

        _count = count;
    }

    /// <summary>Makes every value 0 again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Clear()
    {
        for (int entry = 0; entry < _count; entry++)
        {
            _values.Pointer[_touched.Pointer[entry]] = 0;
        }

        _count = 0;
    }

    public void Dispose()
    {
        _values.Dispose();
        _touched.Dispose();
    }
}
