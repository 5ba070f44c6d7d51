namespace GnnReRank.Cluster.Plans;

/// <summary>What a plan of any version has.</summary>
/// <param name="Format">The layout.</param>
/// <param name="Version">The version of the module that wrote it.</param>
/// <param name="Id">The job.</param>
internal sealed record PlanHead(int? Format, string? Version, string? Id);
