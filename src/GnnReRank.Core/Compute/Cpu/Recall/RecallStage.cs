using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Recall;

/// <summary>Holds the lists of some rows against the cosines of these rows with all rows.</summary>
internal sealed class RecallStage
{
    // Scores that are nearer to each other than this are of one rank: other programs round in other places.
    private const float NearTie = 1e-5f;

    private const int CosinesAtOnce = 1 << 26;
    private const int FewestRowsAtOnce = 16;
    private const int PackedAtOnce = 1 << 24;

    private readonly NeighborGraph _graph;
    private readonly int[] _vertices;
    private readonly TileKernel _kernel;
    private readonly ComputeOptions _options;

    private RecallStage(NeighborGraph graph, int[] vertices, TileKernel kernel, ComputeOptions options) =>
        (_graph, _vertices, _kernel, _options) = (graph, vertices, kernel, options);

    /// <summary>Runs the stage.</summary>
    /// <returns>For each of the vertices how many of its nearest others are on its list.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static int[] Run(
        NeighborGraph graph, FeatureMatrix? query, FeatureMatrix gallery, int[] vertices, TileKernel kernel,
        ComputeOptions options) => new RecallStage(graph, vertices, kernel, options).Run(query, gallery);

    private int[] Run(FeatureMatrix? query, FeatureMatrix gallery)
    {
        StageReporter reporter = new(StageNames.Recall, _vertices.Length, StageUnits.Rows, _options);
        int[] found = new int[_vertices.Length];
        using VertexRows all = new(query, gallery);
        using VertexRows sampled = new(null, Sampled(query, gallery));
        int rowsAtOnce = Math.Max(FewestRowsAtOnce, CosinesAtOnce / all.Count);
        int blocksAtOnce = (int)Math.Clamp(
            PackedAtOnce / ((long)TileMultiplier.TileSize * all.Dimension), 1, RowBlock.CountFor(all.Count));
        for (int first = 0; first < _vertices.Length; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, _vertices.Length - first);
            RowBlocks<float> cosines = GalleryPass.Multiply(
                _kernel, sampled, first, count, all, blocksAtOnce, _options);
            int start = first;
            Workers.ForRanges(_options.ThreadCount, count, 1, (from, to) =>
            {
                for (int row = from; row < to; row++)
                {
                    found[start + row] = CountFound(_vertices[start + row], cosines[row]);
                    reporter.Advance(1);
                }
            });
        }

        reporter.Complete(FormattableString.Invariant($"{_vertices.Length:N0} of {all.Count:N0} rows"));
        return found;
    }

    private FeatureMatrix Sampled(FeatureMatrix? query, FeatureMatrix gallery)
    {
        int queries = query?.RowCount ?? 0;
        return FeatureMatrix.FromRows(Array.ConvertAll(
            _vertices, vertex => vertex < queries ? query!.GetRow(vertex) : gallery.GetRow(vertex - queries)));
    }

    private int CountFound(int vertex, ReadOnlySpan<float> cosines)
    {
        int wanted = Math.Min(_graph.NeighborCount, _graph.VertexCount) - 1;
        float least = Nearest(vertex, cosines, wanted) - NearTie;
        int found = 0;
        foreach (int other in _graph.GetNeighborSpan(vertex))
        {
            found += other >= 0 && other != vertex && cosines[other] >= least ? 1 : 0;
        }

        return Math.Min(found, wanted);
    }

    /// <summary>The cosine of the last of so many nearest others.</summary>
    private static float Nearest(int vertex, ReadOnlySpan<float> cosines, int wanted)
    {
        float[] best = new float[wanted];
        Array.Fill(best, float.NegativeInfinity);
        for (int other = 0; other < cosines.Length && wanted > 0; other++)
        {
            if (cosines[other] <= best[wanted - 1] || other == vertex)
            {
                continue;
            }

            int place = wanted - 1;
            for (; place > 0 && best[place - 1] < cosines[other]; place--)
            {
                best[place] = best[place - 1];
            }

            best[place] = cosines[other];
        }

        return wanted == 0 ? 0 : best[wanted - 1];
    }
}
