namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>One row block with some column blocks.</summary>
/// <param name="Row">The row block.</param>
/// <param name="FirstColumn">The first column block, not before the row block.</param>
/// <param name="EndColumn">The column block after the last.</param>
internal readonly record struct TileUnit(int Row, int FirstColumn, int EndColumn);
