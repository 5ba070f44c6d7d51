using System.Runtime.CompilerServices;

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

    /// <summary>The sum of the squares of all values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double SquaredNorm()
    {
        double sum = 0;
        for (int entry = 0; entry < Count; entry++)
        {
            double value = _values.Pointer[_touched.Pointer[entry]];
            sum += value * value;
        }

        return sum;
    }

    /// <summary>Writes columns and scaled values.</summary>
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
    public void Clear()
    {
        for (int entry = 0; entry < Count; entry++)
        {
            _values.Pointer[_touched.Pointer[entry]] = 0f;
        }

        Count = 0;
    }

    public void Dispose()
    {
        _values.Dispose();
        _touched.Dispose();
    }
}
