using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>From the graph to the matrices A and E; a thread a row.</summary>
internal static class AdjacencyKernels
{
    /// <summary>A: 1 for each of the first k1 neighbours.</summary>
    [Kernel]
    public static void WriteAdjacency(AdjacencyArguments arguments)
    {
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row >= arguments.Count)
        {
            return;
        }

        int offset = row * SparseView.UnitsOf(arguments.K1);
        long source = (long)row * arguments.NeighborCount;
        long target = (long)offset * SparseView.Unit;
        int length = 0;
        for (int place = 0; place < arguments.K1; place++)
        {
            int neighbor = arguments.Neighbors[source + place];
            if (neighbor >= 0)
            {
                arguments.Rows.Columns[target + length] = neighbor;
                arguments.Rows.Values[target + length] = 1f;
                length++;
            }
        }

        arguments.Rows.Offsets[row] = offset;
        arguments.Rows.Lengths[row] = length;
    }

    /// <summary>
    /// E: max(cosine, 0)^alpha for each of the first k2 neighbours; a cosine rounded above 1 must not grow.
    /// </summary>
    [Kernel]
    public static void WriteWeights(AdjacencyArguments arguments)
    {
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row >= arguments.Count)
        {
            return;
        }

        long source = (long)row * arguments.NeighborCount;
        int listed = 0;
        for (int place = 0; place < arguments.K2; place++)
        {
            listed += arguments.Neighbors[source + place] < 0 ? 0 : 1;
        }

        float share = arguments.IsMean != 0 && listed > 0 ? 1f / listed : 1f;
        for (int place = 0; place < arguments.K2; place++)
        {
            float score = IntrinsicMath.Clamp(arguments.Scores[source + place], 0f, 1f);
            float weight = arguments.Exponent == 0 ? 1f : arguments.Exponent == 1 ? score : score * score;
            weight = arguments.Neighbors[source + place] < 0 ? 0f : weight * share;
            arguments.Weights[((long)row * arguments.K2) + place] = weight;
        }
    }
}
