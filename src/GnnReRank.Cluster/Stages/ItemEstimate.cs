namespace GnnReRank.Cluster.Stages;

/// <summary>What the largest item of a stage needs.</summary>
/// <param name="MemoryBytes">Memory of its own: mapped files do not count.</param>
/// <param name="ReadBytes">Read from the shared file system.</param>
/// <param name="WrittenBytes">Written to it.</param>
/// <param name="Operations">Multiply-adds, for the time; what is bound by memory counts as much as it takes.</param>
internal readonly record struct ItemEstimate(long MemoryBytes, long ReadBytes, long WrittenBytes, double Operations);
