using System.Text.Json.Serialization;

namespace GnnReRank.Cluster.Plans;

/// <summary>
/// How a plan is written: made at build time, as a worker would pay for it at each start.
/// </summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, IgnoreReadOnlyProperties = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobPlan))]
[JsonSerializable(typeof(PlanHead))]
internal sealed partial class PlanJson : JsonSerializerContext;
