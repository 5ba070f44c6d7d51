using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// What a group has in shared memory to sum a row in: a table of its columns, and the rows made ready.
/// </summary>
internal struct LayerTable
{
    /// <summary>Where <see cref="State"/> counts the columns, in turn three times.</summary>
    public const int NewColumns = 0;

    /// <summary>Where it has the entries of the first rows.</summary>
    public const int Entries = 3;

    /// <summary>Where it says where the sum is stored.</summary>
    public const int Offset = 4;

    /// <summary>Where it counts the entries that are stored.</summary>
    public const int Stored = 5;

    public const int StateSize = 6;

    /// <summary>A column a slot; -1 for none.</summary>
    public ArrayView<int> Columns;

    public ArrayView<float> Values;

    /// <summary>A number a thread.</summary>
    public ArrayView<long> Sums;

    /// <summary>Of each row made ready the first entry, in units.</summary>
    public ArrayView<int> Starts;

    /// <summary>Its entries; 0 for a row that is not added.</summary>
    public ArrayView<int> Lengths;

    public ArrayView<float> Weights;

    public ArrayView<int> State;
}
