using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>One thread's products of clusters with rows, offered to the lists of both.</summary>
internal sealed unsafe class ClusterWorker : IDisposable
{
    private readonly ClusterLists _lists;
    private readonly VertexRows _rows;
    private readonly TileKernel _kernel;
    private readonly RowTile _tile;
    private readonly NativeBuffer<float> _columns;
    private readonly int _depth;
    private readonly NativeBuffer<float> _bounds = new(TileMultiplier.TileSize);

    /// <param name="rows">All rows.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="lists">Receive the products.</param>
    /// <param name="largest">Rows of the largest cluster.</param>
    public ClusterWorker(VertexRows rows, TileKernel kernel, ClusterLists lists, int largest)
    {
        _rows = rows;
        _kernel = kernel;
        _lists = lists;
        _tile = new RowTile(rows, kernel, TileMultiplier.TileSize);
        _depth = RowPacker.PackedDimension(rows.Dimension);
        int panels = (largest + kernel.PanelColumns - 1) / kernel.PanelColumns;
        _columns = new NativeBuffer<float>((long)panels * kernel.PanelColumns * _depth);
    }

    /// <summary>Multiplies the rows of a cluster with each other, while no other thread offers them any.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void MeetOwn(ReadOnlySpan<int> members, CancellationToken cancellationToken)
    {
        fixed (int* others = members)
        {
            Pack(others, members.Length);
            for (int from = 0; from < members.Length; from += TileMultiplier.TileSize)
            {
                int count = Math.Min(TileMultiplier.TileSize, members.Length - from);
                _tile.Take(others, from, count);
                for (int first = 0; first < members.Length; first += TileMultiplier.TileSize)
                {
                    int columns = Multiply(first, members.Length, cancellationToken);
                    if (from == first)
                    {
                        TakeDiagonal(others + from, count);
                    }

                    OfferToRows(others + from, count, others + first, columns, isShared: false);
                }
            }
        }
    }

    /// <summary>Multiplies the rows of a cluster with those that visit it.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void MeetVisitors(ReadOnlySpan<int> members, ReadOnlySpan<int> visitors, CancellationToken cancellationToken)
    {
        fixed (int* others = members, rows = visitors)
        {
            Pack(others, members.Length);
            for (int from = 0; from < visitors.Length; from += TileMultiplier.TileSize)
            {
                int count = Math.Min(TileMultiplier.TileSize, visitors.Length - from);
                _tile.Take(rows, from, count);
                for (int first = 0; first < members.Length; first += TileMultiplier.TileSize)
                {
                    int columns = Multiply(first, members.Length, cancellationToken);
                    OfferToRows(rows + from, count, others + first, columns, isShared: true);
                    OfferToColumns(rows + from, count, others + first, columns);
                }
            }
        }
    }

    public void Dispose()
    {
        _tile.Dispose();
        _columns.Dispose();
        _bounds.Dispose();
    }

    private void Pack(int* members, int count) =>
        RowPacker.Pack(_rows, members, 0, count, _kernel.PanelColumns, _columns.Pointer);

    private int Multiply(int first, int count, CancellationToken cancellationToken)
    {
        int columns = Math.Min(TileMultiplier.TileSize, count - first);
        _tile.Multiply(_columns.Pointer + ((long)first * _depth), columns, 0, cancellationToken);
        return columns;
    }

    private void TakeDiagonal(int* members, int count)
    {
        for (int row = 0; row < count; row++)
        {
            float* self = _tile.Row(row) + row;
            _lists.SelfScores[members[row]] = *self + 0f;

            // No comparison holds for NaN: a vertex is never offered to itself.
            *self = float.NaN;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfferToRows(int* rows, int count, int* members, int columns, bool isShared)
    {
        TopKReservoirs best = _lists.Best;
        for (int place = 0; place < count; place++)
        {
            float* values = _tile.Row(place);
            int row = rows[place];

            // Bounds only rise: one that another thread has just raised lets too many in, which Offer turns away.
            int column = _kernel.NextAtLeast(values, 0, columns, best.Bounds[row]);
            if (column == columns)
            {
                continue;
            }

            if (isShared)
            {
                lock (_lists.LockOf(row))
                {
                    OfferFrom(column, best, values, row, members, columns);
                }
            }
            else
            {
                OfferFrom(column, best, values, row, members, columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OfferFrom(int column, TopKReservoirs best, float* values, int row, int* members, int columns)
    {
        while (column < columns)
        {
            best.Offer(row, values[column], members[column]);
            column = _kernel.NextAtLeast(values, column + 1, columns, best.Bounds[row]);
        }
    }

    /// <summary>
    /// Offers visitors to the members of the cluster that do not visit theirs, and so do not meet them otherwise.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfferToColumns(int* rows, int count, int* members, int columns)
    {
        TopKReservoirs best = _lists.Best;
        float* bounds = _bounds.Pointer;
        for (int column = 0; column < columns; column++)
        {
            bounds[column] = best.Bounds[members[column]];
        }

        for (int place = 0; place < count; place++)
        {
            float* values = _tile.Row(place);
            int row = rows[place];
            int column = _kernel.NextAtLeast(values, 0, columns, bounds);
            while (column < columns)
            {
                int member = members[column];
                if (!_lists.Visits(member, row))
                {
                    lock (_lists.LockOf(member))
                    {
                        best.Offer(member, values[column], row);
                    }

                    bounds[column] = best.Bounds[member];
                }

                column = _kernel.NextAtLeast(values, column + 1, columns, bounds);
            }
        }
    }
}
