using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>One thread's products of clusters with rows, offered to the lists of both.</summary>
internal sealed unsafe class ClusterWorker : IDisposable
{
    // A tile of so many visitors stays in the first-level cache until both sides have searched it.
    private const int VisitorsATime = 48;

    // A multiple of every register's values: a search that ends with whole registers passes over the last few quickly.
    private const int SearchUnit = 16;

    private readonly TileKernel _kernel;
    private readonly IMeetingTile _tile;
    private readonly RowClusters _clusters;
    private readonly int[] _clusterAt;
    private readonly Probes _probes;
    private readonly ClusterLists _lists;
    private readonly VisitBits _visits;
    private readonly NativeBuffer<float> _bounds = new(TileMultiplier.TileSize);

    /// <param name="kernel">The kernel whose registers search tiles.</param>
    /// <param name="tile">Multiplies; disposed with this.</param>
    /// <param name="group">The clusters.</param>
    /// <param name="clusterAt">The cluster of the row at each place.</param>
    /// <param name="lists">Receive the products.</param>
    public ClusterWorker(
        TileKernel kernel, IMeetingTile tile, ClusterGroup group, int[] clusterAt, ClusterLists lists)
    {
        _kernel = kernel;
        _tile = tile;
        _clusters = group.Clusters;
        _clusterAt = clusterAt;
        _probes = group.Probes;
        _lists = lists;
        _visits = new VisitBits(group.Clusters);
    }

    /// <summary>Multiplies the rows of a cluster with each other, while no other thread offers them any.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void MeetOwn(int cluster, CancellationToken cancellationToken)
    {
        (int start, int size) = (_clusters.StartOf(cluster), _clusters.SizeOf(cluster));
        _tile.TakeColumns(start, size);
        for (int from = 0; from < size; from += TileMultiplier.TileSize)
        {
            int count = Math.Min(TileMultiplier.TileSize, size - from);
            _tile.TakeRows(places: null, start + from, count);
            for (int first = 0; first < size; first += TileMultiplier.TileSize)
            {
                int columns = Math.Min(TileMultiplier.TileSize, size - first);
                _tile.Multiply(first, columns, cancellationToken);
                if (from == first)
                {
                    ClearDiagonal(count);
                }

                for (int row = 0; row < count; row++)
                {
                    OfferFrom(0, _tile.Row(row), start + from + row, start + first, columns);
                }
            }
        }
    }

    /// <summary>Multiplies the rows of a cluster with those that visit it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="visitors">The places of those that visit it.</param>
    /// <param name="cancellationToken">Checked often.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void MeetVisitors(int cluster, ReadOnlySpan<int> visitors, CancellationToken cancellationToken)
    {
        (int start, int size) = (_clusters.StartOf(cluster), _clusters.SizeOf(cluster));
        _tile.TakeColumns(start, size);
        _visits.Take(_probes, start, size);
        fixed (int* places = visitors)
        {
            for (int from = 0; from < visitors.Length; from += VisitorsATime)
            {
                int count = Math.Min(VisitorsATime, visitors.Length - from);
                _tile.TakeRows(places, from, count);
                for (int first = 0; first < size; first += TileMultiplier.TileSize)
                {
                    int columns = Math.Min(TileMultiplier.TileSize, size - first);
                    _tile.Multiply(first, columns, cancellationToken);
                    OfferToVisitors(places + from, count, start + first, columns);
                    OfferToMembers(places + from, count, first, start + first, columns);
                }
            }
        }
    }

    public void Dispose()
    {
        _tile.Dispose();
        _bounds.Dispose();
    }

    /// <summary>Columns to search: what is found beyond those there are is no more than their end.</summary>
    private static int Searched(int columns) => (columns + SearchUnit - 1) / SearchUnit * SearchUnit;

    /// <summary>No comparison holds for NaN: a vertex is never offered to itself.</summary>
    private void ClearDiagonal(int count)
    {
        for (int row = 0; row < count; row++)
        {
            _tile.Row(row)[row] = float.NaN;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfferToVisitors(int* places, int count, int first, int columns)
    {
        float* bounds = _lists.Best.Bounds;
        float* tile = _tile.Row(0);
        int searched = Searched(columns);
        for (int row = 0; row < count; row++)
        {
            float* values = tile + ((long)row * TileMultiplier.TileSize);
            int place = places[row];

            // Bounds only rise: one that another thread has just raised lets too many in, which Offer turns away.
            int column = _kernel.NextAtLeast(values, 0, searched, bounds[place]);
            if (column < columns)
            {
                lock (_lists.LockOf(place))
                {
                    OfferFrom(column, values, place, first, columns);
                }
            }
        }
    }

    /// <summary>Offers the row at a place the columns from one on, which are the rows from a place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfferFrom(int column, float* values, int place, int first, int columns)
    {
        TopKReservoirs best = _lists.Best;
        int[] order = _clusters.Order;
        int searched = Searched(columns);
        column = _kernel.NextAtLeast(values, column, searched, best.Bounds[place]);
        while (column < columns)
        {
            best.Offer(place, values[column], order[first + column]);
            column = _kernel.NextAtLeast(values, column + 1, searched, best.Bounds[place]);
        }
    }

    /// <summary>
    /// Offers visitors to the members of the cluster that do not visit theirs, and so do not meet them otherwise.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfferToMembers(int* places, int count, int firstMember, int first, int columns)
    {
        TopKReservoirs best = _lists.Best;
        float* bounds = _bounds.Pointer;
        float* tile = _tile.Row(0);
        int searched = Searched(columns);
        _bounds.AsSpan(searched)[columns..].Fill(float.PositiveInfinity);
        int opened = -1;
        for (int row = 0; row < count; row++)
        {
            int place = places[row];
            if (_clusterAt[place] != opened)
            {
                opened = _clusterAt[place];
                new ReadOnlySpan<float>(best.Bounds + first, columns).CopyTo(_bounds.AsSpan(columns));
                _visits.Close(opened, firstMember, _bounds.AsSpan(columns));
            }

            float* values = tile + ((long)row * TileMultiplier.TileSize);
            int column = _kernel.NextAtLeast(values, 0, searched, bounds);
            while (column < columns)
            {
                lock (_lists.LockOf(first + column))
                {
                    best.Offer(first + column, values[column], _clusters.Order[place]);
                }

                bounds[column] = best.Bounds[first + column];
                column = _kernel.NextAtLeast(values, column + 1, searched, bounds);
            }
        }
    }
}
