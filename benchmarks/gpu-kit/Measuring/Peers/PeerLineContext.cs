using System.Text.Json.Serialization;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>How a peer's lines are read, where code is trimmed too.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PeerLine))]
internal sealed partial class PeerLineContext : JsonSerializerContext;
