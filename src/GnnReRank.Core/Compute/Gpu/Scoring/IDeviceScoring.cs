using ILGPU;

namespace GnnReRank.Compute.Gpu.Scoring;

/// <summary>A recipe made ready for a graph on a device.</summary>
internal interface IDeviceScoring : IDisposable
{
    /// <summary>Writes the scores of some queries, without the cosine's share; nothing waits for it.</summary>
    /// <param name="firstQuery">The first query.</param>
    /// <param name="count">The number of queries.</param>
    /// <param name="scores">Receives count x n_g scores.</param>
    void Score(int firstQuery, int count, ArrayView<float> scores);
}
