namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>The clusters that the row at a place visits.</summary>
internal delegate ReadOnlySpan<int> VisitReader(int place);
