using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>
/// One row being summed: dense values, and the columns touched in the order of the first touch. All values are positive, so a
/// column whose value is 0 has not been touched.
/// </summary>
internal sealed unsafe class RowAccumulator : IDisposable
{
    private readonly NativeBuffer<float> _values;
    private readonly NativeBuffer<int> _touched;

    public RowAccumulator(int width)
    {
        _values = new NativeBuffer<float>(width, zeroed: true);

        // One more: a column is written to the end of the list before it is known whether it is new.
        _touched = new NativeBuffer<int>((long)width + 1);
    }

    /// <summary>The number of touched columns.</summary>
    public int Count { get; private set; }

    /// <summary>The touched columns.</summary>
    public int* Touched => _touched.Pointer;

    /// <summary>The value of every column.</summary>
    public float* Values => _values.Pointer;

    /// <summary>Adds scale times a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(SparseRows rows, int row, float scale)
    {
        int* indices = rows.Indices(row);
        float* values = rows.Values(row);
        int length = rows.Length(row);
        float* sums = _values.Pointer;
        int* touched = _touched.Pointer;
        int count = Count;
        for (int entry = 0; entry < length; entry++)
        {
            int column = indices[entry];
            float before = sums[column];
            float after = before + (scale * values[entry]);
            sums[column] = after;
            touched[count] = column;

            // A product that underflows leaves 0, and the column untouched. Both tests, without a branch: they are hard to predict.
            count += (before == 0f ? 1 : 0) & (after != 0f ? 1 : 0);
        }

        Count = count;
    }

    /// <summary>Raises each value to scale times that of a row, where it is less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Raise(SparseRows rows, int row, float scale)
    {
        int* indices = rows.Indices(row);
        float* values = rows.Values(row);
        int length = rows.Length(row);
        int count = Count;
        for (int entry = 0; entry < length; entry++)
        {
            int column = indices[entry];
            float before = _values.Pointer[column];
            float after = Math.Max(before, scale * values[entry]);
            _values.Pointer[column] = after;
            _touched.Pointer[count] = column;
            count += (before == 0f ? 1 : 0) & (after != 0f ? 1 : 0);
        }

        Count = count;
    }

    /// <summary>The sum of the squares of all values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double SquaredNorm()
    {
        float* values = _values.Pointer;
        int* touched = _touched.Pointer;

        // Four sums, for one would wait for itself at each entry.
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int entry = 0;
        for (; entry + 4 <= Count; entry += 4)
        {
            a += Square(values[touched[entry]]);
            b += Square(values[touched[entry + 1]]);
            c += Square(values[touched[entry + 2]]);
            d += Square(values[touched[entry + 3]]);
        }

        for (; entry < Count; entry++)
        {
            a += Square(values[touched[entry]]);
        }

        return (a + b) + (c + d);
    }

    /// <summary>Writes columns and scaled values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(int* indices, float* values, double scale)
    {
        for (int entry = 0; entry < Count; entry++)
        {
            int column = _touched.Pointer[entry];
            indices[entry] = column;
            values[entry] = (float)(_values.Pointer[column] * scale);
        }
    }

    /// <summary>Makes every value 0 again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Clear()
    {
        float* values = _values.Pointer;
        int* touched = _touched.Pointer;
        int count = Count;
        for (int entry = 0; entry < count; entry++)
        {
            values[touched[entry]] = 0f;
        }

        Count = 0;
    }

    public void Dispose()
    {
        _values.Dispose();
        _touched.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Square(double value) => value * value;
}
