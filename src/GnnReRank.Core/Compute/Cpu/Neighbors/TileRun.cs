using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>Makes the tiles of a plan on all threads and offers what they hold to lists.</summary>
/// <param name="kernel">The kernel whose registers search a tile.</param>
/// <param name="tiles">Where tiles come from.</param>
/// <param name="options">How the call runs.</param>
internal sealed class TileRun(TileKernel kernel, ITileSource tiles, ComputeOptions options)
{
    /// <summary>Makes all tiles, a group of columns at a time; false where more rows were given up than allowed.</summary>
    /// <param name="plan">Which tiles.</param>
    /// <param name="lists">Receive the products.</param>
    /// <param name="mostGivenUp">How many rows the lists may give up.</param>
    /// <param name="reporter">Told of each pair.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public bool TryFill(TilePlan plan, PartialLists lists, int mostGivenUp, StageReporter reporter)
    {
        foreach (TileGroup group in plan.Groups)
        {
            tiles.Load(group.FirstColumn, group.EndColumn, options);
            Workers.ForRanges(
                options.ThreadCount, group.Units.Count, 1,
                () => new TileWorker(kernel, tiles.CreateMaker(), lists, plan.RowCount),
                (worker, unit, _) =>
                {
                    (int row, int firstColumn, int endColumn) = group.Units[unit];
                    for (int column = firstColumn; column < endColumn && lists.GivenUpCount <= mostGivenUp; column++)
                    {
                        worker.Process(row, column, options.CancellationToken);
                        reporter.Advance(plan.PairsOf(row, column));
                    }
                });
            if (lists.GivenUpCount > mostGivenUp)
            {
                return false;
            }
        }

        return true;
    }
}
