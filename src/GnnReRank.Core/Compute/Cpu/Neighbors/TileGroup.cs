namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>The tiles of some column blocks.</summary>
/// <param name="FirstColumn">The first column block.</param>
/// <param name="EndColumn">The column block after the last.</param>
/// <param name="Units">Parts that threads take one by one.</param>
internal sealed record TileGroup(int FirstColumn, int EndColumn, IReadOnlyList<TileUnit> Units);
