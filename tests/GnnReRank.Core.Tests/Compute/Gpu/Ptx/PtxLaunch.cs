namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>How many blocks run, and how.</summary>
/// <param name="Columns">Blocks along x.</param>
/// <param name="Rows">Blocks along y.</param>
/// <param name="Threads">Threads a block.</param>
/// <param name="CopiesLandAtOnce">Whether cp.async copies at once, or not before the wait.</param>
internal sealed record PtxLaunch(int Columns, int Rows, int Threads, bool CopiesLandAtOnce = false);
