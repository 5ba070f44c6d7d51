using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>
/// The product with a state of residual layers, H = D_l (I + E) ... D_1 (I + E) C / 2, factor by factor: C and E are far sparser than
/// H, and no layer is held by columns.
/// </summary>
internal sealed unsafe class PaperStateProduct : IStateProduct
{
    private const int Step = 4096;

    private readonly LayerFactors _factors;
    private readonly NativeBuffer<float> _products;
    private readonly NativeBuffer<float> _spare;

    public PaperStateProduct(LayerFactors factors)
    {
        _factors = factors;
        _products = new NativeBuffer<float>((long)factors.Start.Count * LaneKernels.Lanes);
        _spare = new NativeBuffer<float>(factors.Scales.Count == 0 ? 0 : (long)factors.Start.Count * LaneKernels.Lanes);
    }

    public float* Multiply(LaneVectors vectors, CancellationToken cancellationToken)
    {
        float* products = _products.Pointer;
        float* next = _spare.Pointer;
        SymmetricProduct.Of(_factors.Start, _factors.StartEntryCount, vectors, products, cancellationToken);
        int count = _factors.Start.Count;
        foreach (NativeBuffer<float> scales in _factors.Scales)
        {
            for (int row = 0; row < count; row += Step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LaneKernels.Propagate(
                    _factors.Edges, row, Math.Min(row + Step, count), products, residual: true, scales.Pointer,
                    next + ((long)row * LaneKernels.Lanes));
            }

            float* done = next;
            next = products;
            products = done;
        }

        return products;
    }

    public void Dispose()
    {
        _products.Dispose();
        _spare.Dispose();
    }
}
