using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;
using GnnReRank.Storage;

namespace GnnReRank.Compute.Cpu.Expansion;

/// <summary>For each query the mean of the normalised rows that it is expanded by, as a matrix of its own.</summary>
internal sealed unsafe class MeanRows
{
    private const int Chunk = 16;

    private readonly float[] _norms;

    private MeanRows(FeatureMatrix matrix, float[] norms) => (Matrix, _norms) = (matrix, norms);

    /// <summary>n_q x d.</summary>
    public FeatureMatrix Matrix { get; }

    /// <summary>The L2 norm of a query's mean, by which a cosine with it becomes a product.</summary>
    public float Norm(int query) => _norms[query];

    /// <summary>Makes the means.</summary>
    /// <param name="query">The queries.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="expanded">What each vertex is expanded by.</param>
    /// <param name="reporter">Counts queries.</param>
    /// <param name="options">How the call runs.</param>
    public static MeanRows Of(
        FeatureMatrix query, FeatureMatrix gallery, ExpandedNeighbors expanded, StageReporter reporter,
        ComputeOptions options)
    {
        int dimension = query.Dimension;
        float[] values = new float[checked(query.RowCount * dimension)];
        float[] norms = new float[query.RowCount];
        using VertexRows rows = new(query, gallery);
        Workers.ForRanges(
            options.ThreadCount, query.RowCount, Chunk, () => new NativeBuffer<float>(dimension), (scratch, from, to) =>
            {
                for (int vertex = from; vertex < to; vertex++)
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                    Span<float> mean = values.AsSpan(vertex * dimension, dimension);
                    norms[vertex] = Write(rows, expanded, vertex, mean, scratch.Pointer);
                }

                reporter.Advance(to - from);
            });
        FeatureMatrix matrix = FeatureMatrix.Adopt(
            new ArrayStorage<float>(values, query.RowCount, dimension), labels: null, cameras: null, names: null,
            FeatureRole.Query, source: null, inverseNorms: null);
        return new MeanRows(matrix, norms);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Write(
        VertexRows rows, ExpandedNeighbors expanded, int vertex, Span<float> mean, float* scratch)
    {
        int* neighbors = expanded.Rows.Indices(vertex);
        int length = expanded.Rows.Length(vertex);
        for (int entry = 0; entry < length; entry++)
        {
            float* row = rows.Row(neighbors[entry], scratch);
            float scale = rows.InverseNorm(neighbors[entry]);
            for (int column = 0; column < mean.Length; column++)
            {
                mean[column] += row[column] * scale;
            }
        }

        double squared = 0;
        float share = 1f / expanded.MostEntries;
        for (int column = 0; column < mean.Length; column++)
        {
            mean[column] *= share;
            squared += (double)mean[column] * mean[column];
        }

        return (float)Math.Sqrt(squared);
    }
}
