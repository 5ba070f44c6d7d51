using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>The directions that stand for clusters, packed for products with rows.</summary>
internal sealed unsafe class Centroids : IDisposable
{
    private readonly VertexRows _centroids;
    private readonly PackedRows<float> _packed;
    private readonly TileKernel _kernel;

    /// <param name="values">A row of sums or means a cluster; their lengths do not matter.</param>
    /// <param name="dimension">Columns a row.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">How the call runs.</param>
    public Centroids(float[] values, int dimension, TileKernel kernel, ComputeOptions options)
    {
        Count = values.Length / dimension;
        Values = values;
        _kernel = kernel;
        _centroids = new VertexRows(first: null, new FeatureMatrix(values, Count, dimension));
        _packed = PackedColumns.All(_centroids, kernel, options);
    }

    public int Count { get; }

    /// <summary>A row of sums or means a cluster.</summary>
    public float[] Values { get; }

    /// <summary>A thread's tile for <see cref="Multiply"/>.</summary>
    public RowTile CreateTile(VertexRows rows) => new(rows, _kernel, _packed.BlockCount * TileMultiplier.TileSize);

    /// <summary>A thread's tile for <see cref="MultiplyOwn"/>.</summary>
    public RowTile CreateOwnTile() => CreateTile(_centroids);

    /// <summary>The cosines of some centroids with all.</summary>
    public void MultiplyOwn(RowTile tile, int first, int count, CancellationToken cancellationToken) =>
        Multiply(tile, order: null, first, count, cancellationToken);

    /// <summary>The cosines of some rows with all centroids.</summary>
    /// <param name="tile">Receives them.</param>
    /// <param name="order">0-based rows; null takes all in their own order.</param>
    /// <param name="first">The first place of the order.</param>
    /// <param name="count">How many, at most <see cref="TileMultiplier.TileSize"/>.</param>
    /// <param name="cancellationToken">Checked once a depth step.</param>
    public void Multiply(RowTile tile, int* order, int first, int count, CancellationToken cancellationToken)
    {
        tile.Take(order, first, count);
        for (int block = 0; block < _packed.BlockCount; block++)
        {
            tile.Multiply(
                _packed.Block(block), _packed.RowsOf(block), block * TileMultiplier.TileSize, cancellationToken);
        }
    }

    public void Dispose()
    {
        _packed.Dispose();
        _centroids.Dispose();
    }
}
