using System.Text.Json.Serialization;

namespace GnnReRank.Cluster.Marks;

/// <summary>How marks are written: made at build time, as a worker would pay for it at each start.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, IgnoreReadOnlyProperties = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DoneMark))]
[JsonSerializable(typeof(FailedMark))]
[JsonSerializable(typeof(StartRecord))]
internal sealed partial class MarkJson : JsonSerializerContext;
