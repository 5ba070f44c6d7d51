namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>Makes tiles of S; one thread's.</summary>
internal unsafe interface ITileMaker : IDisposable
{
    /// <summary>Writes the cosines of a block of rows with a block of columns.</summary>
    /// <param name="rowBlock">Any block.</param>
    /// <param name="columnBlock">A block that the source has loaded.</param>
    /// <param name="tile"><see cref="TileMultiplier.TileSize"/> x <see cref="TileMultiplier.TileSize"/>.</param>
    /// <param name="cancellationToken">Checked once a depth step.</param>
    void Make(int rowBlock, int columnBlock, float* tile, CancellationToken cancellationToken);
}
