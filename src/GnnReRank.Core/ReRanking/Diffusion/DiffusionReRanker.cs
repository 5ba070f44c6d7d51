using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Diffusion;

namespace GnnReRank;

/// <summary>
/// Diffusion with restart over few neighbours: a walk from each query along the edges of the neighbour graph.
/// </summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed class DiffusionReRanker : ReRanker
{
    /// <summary>Makes a re-ranker.</summary>
    /// <param name="settings">The parameters.</param>
    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public DiffusionReRanker(DiffusionSettings settings)
        : this(settings, backend: null)
    {
    }

    /// <summary>As above, on a given backend; null takes the one that a call's options ask for.</summary>
    internal DiffusionReRanker(DiffusionSettings settings, IComputeBackend? backend)
        : base(settings, DiffusionRecipe.Of(settings), nameof(DiffusionSettings.ScaleNeighbors), backend)
    {
    }
}
