namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>One thread's products of rows with those of one cluster; rows are named by their places.</summary>
internal unsafe interface IMeetingTile : IDisposable
{
    /// <summary>Takes the rows of a cluster as columns.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many.</param>
    void TakeColumns(int first, int count);

    /// <summary>Takes rows, at most <see cref="Tiles.TileMultiplier.TileSize"/>.</summary>
    /// <param name="places">Their places; null takes those from the first on.</param>
    /// <param name="first">The first, among the places or of all.</param>
    /// <param name="count">How many.</param>
    void TakeRows(int* places, int first, int count);

    /// <summary>Multiplies the rows taken with some of the columns.</summary>
    /// <param name="first">The first column, a multiple of <see cref="Tiles.TileMultiplier.TileSize"/>.</param>
    /// <param name="count">How many, at most <see cref="Tiles.TileMultiplier.TileSize"/>.</param>
    /// <param name="cancellationToken">Checked once a depth step.</param>
    void Multiply(int first, int count, CancellationToken cancellationToken);

    /// <summary>The products of one of the rows taken.</summary>
    /// <param name="row">0-based among the rows taken.</param>
    float* Row(int row);
}
