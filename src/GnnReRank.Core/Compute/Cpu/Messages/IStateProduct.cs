using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>
/// y = H u, or (H + H^T) u where the layer is symmetrised, for sixteen sparse vectors u and the state H before the last layer; one
/// thread's.
/// </summary>
internal unsafe interface IStateProduct : IDisposable
{
    /// <summary>Multiplies.</summary>
    /// <param name="vectors">u, its support listed.</param>
    /// <param name="cancellationToken">Checked often.</param>
    /// <returns>y, n x 16; valid until the next call.</returns>
    float* Multiply(LaneVectors vectors, CancellationToken cancellationToken);
}
