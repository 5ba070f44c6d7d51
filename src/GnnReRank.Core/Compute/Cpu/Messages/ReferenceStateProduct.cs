using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>
/// The product with H + H^T after the first symmetrised layer, H = D E C: D E (C u) + C (E^T (D u)). C and E are far sparser than H.
/// </summary>
internal sealed unsafe class ReferenceStateProduct : IStateProduct
{
    private const int Step = 4096;

    private readonly LayerFactors _factors;
    private readonly LaneVectors _spread;
    private readonly NativeBuffer<float> _straight;
    private readonly NativeBuffer<float> _products;

    public ReferenceStateProduct(LayerFactors factors)
    {
        _factors = factors;
        int count = factors.Start.Count;
        _spread = new LaneVectors(count);
        _straight = new NativeBuffer<float>((long)count * LaneKernels.Lanes);
        _products = new NativeBuffer<float>((long)count * LaneKernels.Lanes);
    }

    public float* Multiply(LaneVectors vectors, CancellationToken cancellationToken)
    {
        float* products = _products.Pointer;
        SparseRows edges = _factors.Edges!;
        float* scales = _factors.Scales[0].Pointer;
        SymmetricProduct.Of(_factors.Start, _factors.StartEntryCount, vectors, _straight.Pointer, cancellationToken);
        Spread(edges, vectors, scales);
        SymmetricProduct.Of(_factors.Start, _factors.StartEntryCount, _spread, products, cancellationToken);
        _spread.Clear();
        int count = edges.Count;
        for (int row = 0; row < count; row += Step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LaneKernels.MultiplyAdd(edges, row, Math.Min(row + Step, count), _straight.Pointer, scales, products);
        }

        return products;
    }

    public void Dispose()
    {
        _spread.Dispose();
        _straight.Dispose();
        _products.Dispose();
    }

    /// <summary>E^T (D u), along each edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(SparseRows edges, LaneVectors vectors, float* scales)
    {
        float* scaled = stackalloc float[LaneKernels.Lanes];
        foreach (int row in vectors.Support)
        {
            float* values = vectors.Of(row);
            for (int lane = 0; lane < LaneKernels.Lanes; lane++)
            {
                scaled[lane] = values[lane] * scales[row];
            }

            LaneKernels.AddScaled(edges, row, scaled, _spread.Values);
            int* targets = edges.Indices(row);
            for (int edge = 0; edge < edges.Length(row); edge++)
            {
                _spread.IsUsed[targets[edge]] = 1;
            }
        }

        _spread.FindSupport();
    }
}
