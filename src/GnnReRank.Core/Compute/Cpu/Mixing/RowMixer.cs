using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Mixing;

/// <summary>Adds normalised rows, each times a weight, one after the other; one thread's.</summary>
internal sealed unsafe class RowMixer : IDisposable
{
    private readonly VertexRows _rows;
    private readonly NativeBuffer<float> _scratch;

    /// <param name="rows">The rows to add.</param>
    public RowMixer(VertexRows rows)
    {
        _rows = rows;
        _scratch = new NativeBuffer<float>(rows.NeedsScratch ? rows.Dimension : 0);
    }

    /// <summary>sum += weight times a normalised row.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="sum">As many values as a row has.</param>
    public void Add(int row, float weight, float* sum) =>
        AddScaled(_rows.Row(row, _scratch.Pointer), _rows.InverseNorm(row), weight, sum, _rows.Dimension);

    public void Dispose() => _scratch.Dispose();

    // The norm first: times a weight, the inverse of a tiny norm might leave float32. Not fused: the last bit would
    // depend on the processor.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(float* row, float inverseNorm, float weight, float* sum, int dimension)
    {
        int column = 0;
        for (; column + Vector256<float>.Count <= dimension; column += Vector256<float>.Count)
        {
            Vector256<float> scaled = (Vector256.Load(row + column) * inverseNorm) * weight;
            (Vector256.Load(sum + column) + scaled).Store(sum + column);
        }

        for (; column < dimension; column++)
        {
            sum[column] += (row[column] * inverseNorm) * weight;
        }
    }
}
