using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>The rows of query and gallery, on the device at once or in panels.</summary>
internal interface IFeatureRows
{
    /// <summary>n_q, or 0.</summary>
    int QueryCount { get; }

    /// <summary>n_g.</summary>
    int GalleryCount { get; }

    /// <summary>Writes the cosines of some queries with the whole gallery.</summary>
    /// <param name="device">The device.</param>
    /// <param name="firstQuery">The first query.</param>
    /// <param name="count">The number of queries.</param>
    /// <param name="cosines">Receives count x n_g cosines.</param>
    void WriteCosines(GpuDevice device, int firstQuery, int count, ArrayView<float> cosines);
}
