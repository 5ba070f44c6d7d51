namespace GnnReRank.Cluster.Plans;

/// <summary>One side's features: files, one after the other.</summary>
/// <param name="Paths">Full paths.</param>
/// <param name="RowCounts">Rows a file.</param>
internal sealed record SourcePlan(IReadOnlyList<string> Paths, IReadOnlyList<int> RowCounts)
{
    public int RowCount => checked(RowCounts.Sum());
}
