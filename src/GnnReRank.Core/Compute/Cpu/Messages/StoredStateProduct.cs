using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>The product with a state that is held by columns.</summary>
/// <param name="columns">H by columns.</param>
/// <param name="rows">H by rows where the layer adds H^T, or null.</param>
internal sealed unsafe class StoredStateProduct(SparseRows columns, SparseRows? rows) : IStateProduct
{
    private readonly NativeBuffer<float> _products = new((long)columns.Count * LaneKernels.Lanes);

    public float* Multiply(LaneVectors vectors, CancellationToken cancellationToken)
    {
        NativeMemory.Clear(_products.Pointer, (nuint)_products.Length * sizeof(float));
        foreach (int column in vectors.Support)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LaneKernels.AddScaled(columns, column, vectors.Of(column), _products.Pointer);
            if (rows is not null)
            {
                LaneKernels.AddScaled(rows, column, vectors.Of(column), _products.Pointer);
            }
        }

        return _products.Pointer;
    }

    public void Dispose() => _products.Dispose();
}
