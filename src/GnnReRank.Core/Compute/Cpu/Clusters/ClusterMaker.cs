using System.Numerics.Tensors;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>
/// Puts rows in clusters of like direction: k-means by cosines, trained on a sample. The same seed gives the same
/// clusters at any number of threads, since sums run over rows in their order.
/// </summary>
internal sealed unsafe class ClusterMaker(VertexRows rows, TileKernel kernel, int seed, ComputeOptions options)
{
    // Measured: more rounds, or more rows a cluster, change the share of pairs that must be met by little.
    private const int Rounds = 4;
    private const int TrainedRowsPerCluster = 32;

    // A cluster this much larger than the mean is cut: every row that visits it pays for its size.
    private const int LargestMultiple = 4;

    /// <summary>Clusters of some rows.</summary>
    /// <param name="members">0-based rows, ascending.</param>
    /// <param name="count">About how many clusters.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public RowClusters Make(int[] members, int count)
    {
        int[] clusterOf = Spread(members, count);
        RowClusters clusters = new(members, clusterOf, count);
        int meanSize = Math.Max(1, members.Length / count);
        int next = count;
        Dictionary<int, int> renamed = [];
        for (int cluster = 0; cluster < count; cluster++)
        {
            if (clusters.SizeOf(cluster) > LargestMultiple * meanSize)
            {
                Cut(clusters[cluster].ToArray(), cluster, meanSize, renamed, ref next);
            }
        }

        for (int place = 0; place < members.Length; place++)
        {
            clusterOf[place] = renamed.GetValueOrDefault(members[place], clusterOf[place]);
        }

        clusters = new RowClusters(members, clusterOf, next);
        int[] chain = ClusterChain.Of(Sums(clusters), next, options.CancellationToken);
        int[] places = new int[next];
        for (int place = 0; place < next; place++)
        {
            places[chain[place]] = place;
        }

        return new RowClusters(members, [.. clusterOf.Select(cluster => places[cluster])], next);
    }

    /// <summary>The sums of the normalised rows of each cluster.</summary>
    public float[] Sums(RowClusters clusters)
    {
        int dimension = rows.Dimension;
        float[] sums = new float[clusters.Count * dimension];
        Workers.ForRanges(
            options.ThreadCount, clusters.Count, 1, () => new NativeBuffer<float>(dimension), (scratch, cluster, _) =>
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                Span<float> sum = sums.AsSpan(cluster * dimension, dimension);
                foreach (int row in clusters[cluster])
                {
                    ReadOnlySpan<float> values = new(rows.Row(row, scratch.Pointer), dimension);
                    TensorPrimitives.MultiplyAdd(values, rows.InverseNorm(row), sum, sum);
                }
            });
        return sums;
    }

    /// <summary>The cluster of each row.</summary>
    private int[] Spread(int[] members, int count)
    {
        int[] trained = RandomRows.Draw(members, TrainedRowsPerCluster * count, seed);
        Centroids centroids = new(Started(trained, count), rows.Dimension, kernel, options);
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                RowClusters clusters = new(trained, NearestOf(trained, centroids), count);
                float[] sums = Sums(clusters);
                Refill(clusters, sums);
                centroids.Dispose();
                centroids = new Centroids(sums, rows.Dimension, kernel, options);
            }

            return NearestOf(members, centroids);
        }
        finally
        {
            centroids.Dispose();
        }
    }

    /// <summary>Rows at random to begin with.</summary>
    private float[] Started(int[] trained, int count)
    {
        int[] chosen = RandomRows.Draw(trained, count, unchecked(seed + 1));
        return Sums(new RowClusters(chosen, [.. Enumerable.Range(0, chosen.Length)], count));
    }

    /// <summary>Gives each empty cluster a row of the one that is largest, which counts as halved then.</summary>
    private void Refill(RowClusters clusters, float[] sums)
    {
        PriorityQueue<int, (int, int)> largest = new(
            Enumerable.Range(0, clusters.Count).Where(cluster => clusters.SizeOf(cluster) > 0)
                .Select(cluster => (cluster, (-clusters.SizeOf(cluster), cluster))));
        using NativeBuffer<float> scratch = new(rows.Dimension);
        foreach (int empty in Enumerable.Range(0, clusters.Count).Where(cluster => clusters.SizeOf(cluster) == 0))
        {
            largest.TryDequeue(out int from, out (int Size, int) order);
            int row = clusters[from][unchecked((int)((uint)RandomRows.Key(empty, seed) % (uint)clusters.SizeOf(from)))];
            new ReadOnlySpan<float>(rows.Row(row, scratch.Pointer), rows.Dimension)
                .CopyTo(sums.AsSpan(empty * rows.Dimension));
            largest.Enqueue(from, (order.Size / 2, from));
        }
    }

    private int[] NearestOf(int[] members, Centroids centroids)
    {
        int[] nearest = new int[members.Length];
        Workers.ForRanges(
            options.ThreadCount, members.Length, TileMultiplier.TileSize, () => centroids.CreateTile(rows),
            (tile, from, to) =>
            {
                fixed (int* order = members)
                {
                    centroids.Multiply(tile, order, from, to - from, options.CancellationToken);
                }

                for (int place = from; place < to; place++)
                {
                    nearest[place] = TensorPrimitives.IndexOfMax(
                        new ReadOnlySpan<float>(tile.Row(place - from), centroids.Count));
                }
            });
        return nearest;
    }

    /// <summary>Cuts a cluster in parts; equal rows, which no direction tells apart, in their order.</summary>
    private void Cut(int[] members, int cluster, int meanSize, Dictionary<int, int> renamed, ref int next)
    {
        int parts = (members.Length + meanSize - 1) / meanSize;
        RowClusters cut = new(members, Spread(members, parts), parts);
        bool first = true;
        for (int part = 0; part < parts; part++)
        {
            int size = cut.SizeOf(part);
            int step = size > LargestMultiple * meanSize ? meanSize : Math.Max(1, size);
            for (int from = 0; from < size; from += step)
            {
                int name = first ? cluster : next++;
                first = false;
                foreach (int row in cut[part].Slice(from, Math.Min(step, size - from)))
                {
                    renamed[row] = name;
                }
            }
        }
    }
}
