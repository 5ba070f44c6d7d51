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

    /// <summary>Rows that directions are made of, each as often as there are rounds.</summary>
    /// <param name="count">The number of clusters.</param>
    public static long ComparedFor(long count) => Rounds * TrainedRowsPerCluster * count;

    /// <summary>The cluster of each row.</summary>
    /// <param name="members">0-based rows, ascending.</param>
    /// <param name="count">The number of clusters, some of which may stay empty.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public int[] Make(int[] members, int count)
    {
        using Centroids centroids = new(Train(members, count), rows.Dimension, kernel, options);
        return NearestOf(members, centroids);
    }

    /// <summary>The directions of clusters, from a sample of the rows.</summary>
    /// <param name="members">0-based rows, ascending.</param>
    /// <param name="count">The number of clusters.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public float[] Train(int[] members, int count)
    {
        int[] trained = RandomRows.Draw(members, TrainedRowsPerCluster * count, seed);
        float[] sums = Started(trained, count);
        for (int round = 0; round < Rounds; round++)
        {
            using Centroids centroids = new(sums, rows.Dimension, kernel, options);
            RowClusters clusters = new(trained, NearestOf(trained, centroids), count);
            sums = Sums(clusters);
            Refill(clusters, sums);
        }

        return sums;
    }

    /// <summary>The nearest direction of each row.</summary>
    /// <param name="members">0-based rows.</param>
    /// <param name="centroids">The directions.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public int[] NearestOf(int[] members, Centroids centroids)
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
        if (largest.Count == 0)
        {
            return;
        }

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
}
