using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.GraphConvolution;

/// <summary>The edges of a round, of one or two kinds of lists side by side, with their weights.</summary>
/// <param name="vertexCount">The number of vertices.</param>
/// <param name="width">The most edges of a vertex.</param>
internal sealed class SmoothingLists(int vertexCount, int width)
{
    private readonly RowBlocks<int> _vertices = new(vertexCount, width);
    private readonly RowBlocks<float> _weights = new(vertexCount, width);
    private readonly int[] _counts = new int[vertexCount];

    /// <summary>
    /// Adds share D_r^-1/2 A D_c^-1/2, with A_ij = exp(s_ij / temperature) over the first entries of each list.
    /// </summary>
    public void Add(NeighborGraph graph, int count, double temperature, double share)
    {
        // A factor of all of A leaves the result as it is: exp((s - 1) / temperature) stays a number however small
        // the temperature.
        double Weight(float score) => Math.Exp((score - 1) / temperature);
        double[] rowSums = new double[vertexCount];
        double[] columnSums = new double[vertexCount];
        for (int row = 0; row < vertexCount; row++)
        {
            ReadOnlySpan<int> listed = Listed(graph, row, count);
            ReadOnlySpan<float> scores = graph.GetScoreSpan(row);
            for (int position = 0; position < listed.Length; position++)
            {
                double weight = Weight(scores[position]);
                rowSums[row] += weight;
                columnSums[listed[position]] += weight;
            }
        }

        for (int row = 0; row < vertexCount; row++)
        {
            ReadOnlySpan<int> listed = Listed(graph, row, count);
            ReadOnlySpan<float> scores = graph.GetScoreSpan(row);
            for (int position = 0; position < listed.Length; position++)
            {
                double degree = rowSums[row] * columnSums[listed[position]];
                _vertices[row][_counts[row]] = listed[position];
                double weight = share * Weight(scores[position]);
                _weights[row][_counts[row]++] = degree > 0 ? (float)(weight / Math.Sqrt(degree)) : 0;
            }
        }
    }

    /// <summary>The sums of the rows of one matrix over these edges.</summary>
    /// <param name="target">The queries or the gallery.</param>
    /// <param name="query">The queries.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="firstVertex">The vertex of the target's first row.</param>
    public RowMix For(FeatureMatrix target, FeatureMatrix query, FeatureMatrix gallery, int firstVertex)
    {
        RowBlocks<int> vertices = new(target.RowCount, width);
        RowBlocks<float> weights = new(target.RowCount, width);
        for (int row = 0; row < target.RowCount; row++)
        {
            _vertices[firstVertex + row].CopyTo(vertices[row]);
            _weights[firstVertex + row].CopyTo(weights[row]);
            vertices[row][_counts[firstVertex + row]..].Fill(-1);
        }

        return new RowMix(target, query, gallery, vertices, weights);
    }

    private static ReadOnlySpan<int> Listed(NeighborGraph graph, int vertex, int count)
    {
        ReadOnlySpan<int> listed = graph.GetNeighborSpan(vertex)[..count];
        int end = listed.IndexOf(-1);
        return end < 0 ? listed : listed[..end];
    }
}
