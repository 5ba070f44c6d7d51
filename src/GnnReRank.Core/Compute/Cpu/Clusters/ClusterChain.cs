using System.Numerics.Tensors;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>
/// An order of clusters in which neighbours follow each other: what one has just brought to the caches, rows and lists,
/// serves the next.
/// </summary>
internal static class ClusterChain
{
    /// <summary>From the first cluster always on to the nearest that is left.</summary>
    /// <param name="directions">A direction a cluster.</param>
    /// <param name="count">The number of clusters.</param>
    /// <param name="cancellationToken">Checked once a cluster.</param>
    /// <returns>The clusters in their order.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static int[] Of(float[] directions, int count, CancellationToken cancellationToken)
    {
        int dimension = directions.Length / count;
        float[] norms = [.. Enumerable.Range(0, count).Select(at => TensorPrimitives.Norm(Direction(at)))];
        int[] left = [.. Enumerable.Range(0, count)];
        for (int place = 1; place < count; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int best = place;
            float most = float.NegativeInfinity;
            for (int other = place; other < count; other++)
            {
                float cosine = norms[left[other]] == 0
                    ? 0
                    : TensorPrimitives.Dot(Direction(left[place - 1]), Direction(left[other])) / norms[left[other]];
                if (cosine > most)
                {
                    (best, most) = (other, cosine);
                }
            }

            (left[place], left[best]) = (left[best], left[place]);
        }

        return left;

        ReadOnlySpan<float> Direction(int cluster) => directions.AsSpan(cluster * dimension, dimension);
    }
}
