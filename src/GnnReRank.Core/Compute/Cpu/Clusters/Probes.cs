using System.Numerics.Tensors;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>The clusters that each row visits beside its own.</summary>
internal sealed unsafe class Probes
{
    private readonly int[][] _blocks;
    private readonly int[] _ends;

    private Probes(int placeCount)
    {
        _blocks = new int[RowBlock.CountFor(placeCount)][];
        _ends = new int[placeCount];
    }

    /// <summary>The clusters that the row at a place visits.</summary>
    public ReadOnlySpan<int> this[int place]
    {
        get
        {
            int start = place % TileMultiplier.TileSize == 0 ? 0 : _ends[place - 1];
            return _blocks[place / TileMultiplier.TileSize].AsSpan(start, _ends[place] - start);
        }
    }

    /// <summary>Finds the clusters within reach of some rows.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="members">0-based rows of clusters, by their places here.</param>
    /// <param name="clusters">The clusters.</param>
    /// <param name="clusterOf">The cluster of each row.</param>
    /// <param name="reach">How near rows lie to clusters.</param>
    /// <param name="least">The least nearness of a cluster that is visited.</param>
    /// <param name="leastRows">A row that meets fewer visits further clusters.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static Probes Find(
        VertexRows rows, int[] members, RowClusters clusters, int[] clusterOf, ClusterReach reach, float least,
        int leastRows, TileKernel kernel, ComputeOptions options)
    {
        Probes probes = new(members.Length);
        StageReporter reporter = new(StageNames.Clusters, members.Length, StageUnits.Rows, options);
        Workers.ForRanges(
            options.ThreadCount, members.Length, TileMultiplier.TileSize, () => reach.CreateTile(rows),
            (tile, from, to) =>
            {
                fixed (int* order = members)
                {
                    reach.Multiply(tile, order, from, to - from, options.CancellationToken);
                }

                List<int> visited = [];
                for (int place = from; place < to; place++)
                {
                    int row = members[place];
                    float* cosines = tile.Row(place - from);
                    Span<float> nearness = reach.Nearness(cosines, row);
                    int met = clusters.SizeOf(clusterOf[row]) +
                        Pick(kernel, cosines, nearness, least, clusters, visited);
                    Complete(nearness, leastRows - met, clusters, visited);
                    probes._ends[place] = visited.Count;
                }

                probes._blocks[from / TileMultiplier.TileSize] = [.. visited];
                reporter.Advance(to - from);
            });
        reporter.Complete();
        return probes;
    }

    /// <summary>Those of some rows, from wherever they are.</summary>
    /// <param name="placeCount">How many rows.</param>
    /// <param name="visitsOf">The clusters that the row at a place visits.</param>
    public static Probes Gather(int placeCount, VisitReader visitsOf)
    {
        Probes probes = new(placeCount);
        List<int> visited = [];
        for (int block = 0; block < probes._blocks.Length; block++)
        {
            visited.Clear();
            int first = block * TileMultiplier.TileSize;
            for (int place = first; place < first + RowBlock.RowsOf(block, placeCount); place++)
            {
                visited.AddRange(visitsOf(place));
                probes._ends[place] = visited.Count;
            }

            probes._blocks[block] = [.. visited];
        }

        return probes;
    }

    /// <summary>The places of the rows that visit each cluster, ascending: those of one cluster together.</summary>
    /// <param name="clusterCount">Clusters.</param>
    /// <param name="first">The first cluster whose visitors are told; those before it have none here.</param>
    /// <param name="end">The cluster after the last.</param>
    public RowClusters Visitors(int clusterCount, int first, int end)
    {
        int[] starts = new int[clusterCount + 1];
        for (int place = 0; place < _ends.Length; place++)
        {
            foreach (int cluster in this[place])
            {
                starts[cluster + 1] += cluster >= first && cluster < end ? 1 : 0;
            }
        }

        for (int cluster = 0; cluster < clusterCount; cluster++)
        {
            starts[cluster + 1] += starts[cluster];
        }

        int[] next = starts[..clusterCount];
        int[] visitors = GC.AllocateUninitializedArray<int>(starts[clusterCount]);
        for (int place = 0; place < _ends.Length; place++)
        {
            foreach (int cluster in this[place])
            {
                if (cluster >= first && cluster < end)
                {
                    visitors[next[cluster]++] = place;
                }
            }
        }

        return new RowClusters(visitors, starts);
    }

    private static int Pick(
        TileKernel kernel, float* values, Span<float> nearness, float least, RowClusters clusters, List<int> visited)
    {
        int met = 0;
        int cluster = kernel.NextAtLeast(values, 0, nearness.Length, least);
        while (cluster < nearness.Length)
        {
            visited.Add(cluster);
            met += clusters.SizeOf(cluster);
            nearness[cluster] = float.NegativeInfinity;
            cluster = kernel.NextAtLeast(values, cluster + 1, nearness.Length, least);
        }

        return met;
    }

    /// <summary>Goes on with the nearest clusters, until there are rows enough for a list.</summary>
    private static void Complete(Span<float> nearness, int missing, RowClusters clusters, List<int> visited)
    {
        while (missing > 0)
        {
            int nearest = TensorPrimitives.IndexOfMax<float>(nearness);
            if (float.IsNegativeInfinity(nearness[nearest]))
            {
                return;
            }

            visited.Add(nearest);
            missing -= clusters.SizeOf(nearest);
            nearness[nearest] = float.NegativeInfinity;
        }
    }
}
