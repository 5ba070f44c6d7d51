using System.Text.Json.Serialization;
using GnnReRank.Cluster.Running;

namespace GnnReRank.Cluster.Plans;

/// <summary>
/// How the small files of a job are written: made at build time, as a worker would pay for it at each start.
/// </summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, IgnoreReadOnlyProperties = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobPlan))]
[JsonSerializable(typeof(PlanHead))]
[JsonSerializable(typeof(DoneMark))]
[JsonSerializable(typeof(FailedMark))]
[JsonSerializable(typeof(StartRecord))]
internal sealed partial class PlanJson : JsonSerializerContext;
