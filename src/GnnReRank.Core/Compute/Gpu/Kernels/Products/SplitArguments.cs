using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Products;

/// <summary>What <see cref="SplitKernels"/> read and write.</summary>
internal struct SplitArguments
{
    /// <summary>Unit vectors one after the other, padded with zeros to a multiple of 32 values each.</summary>
    public ArrayView<float> Rows;

    /// <summary>
    /// Two halves a word, the first in the low bits: of each 16 values the 16 high parts, then the 16 low parts.
    /// </summary>
    public ArrayView<uint> Parts;

    /// <summary>Pairs of values in all.</summary>
    public long PairCount;
}
