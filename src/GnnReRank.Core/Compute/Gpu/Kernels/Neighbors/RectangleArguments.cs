using GnnReRank.Compute.Gpu.Kernels.Tiles;
using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>The search of some rows in others.</summary>
/// <typeparam name="T">The element of the rows.</typeparam>
internal struct RectangleArguments<T>
    where T : unmanaged
{
    /// <summary>The rows, and where candidates go; its blocks and offsets are not used.</summary>
    public TileArguments<T> Tiles;

    /// <summary>The other rows.</summary>
    public ArrayView<T> Columns;

    /// <summary>The vertex of the first of the other rows.</summary>
    public int FirstColumnVertex;

    /// <summary>The blocks of 128 to multiply.</summary>
    public TileRectangle Part;
}
