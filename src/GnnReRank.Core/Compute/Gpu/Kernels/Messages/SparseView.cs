using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>Sparse rows on the device: entries in any order, none twice in a row.</summary>
internal struct SparseView
{
    /// <summary>Entries of a row begin at a multiple of this, so that 32-bit offsets reach far.</summary>
    public const int Unit = 8;

    /// <summary>A row's first entry, in units.</summary>
    public ArrayView<int> Offsets;

    public ArrayView<int> Lengths;

    public ArrayView<int> Columns;

    public ArrayView<float> Values;

    public static int UnitsOf(int length) => (length + Unit - 1) / Unit;
}
