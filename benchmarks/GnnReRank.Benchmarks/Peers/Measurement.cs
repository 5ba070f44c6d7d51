using System.Text.Json;
using System.Text.Json.Serialization;

namespace GnnReRank.Benchmarks;

/// <summary>What a timed program prints: one line of JSON.</summary>
/// <param name="Peer">The program.</param>
/// <param name="Versions">It and what it stands on.</param>
/// <param name="Threads">How many it was told to use.</param>
/// <param name="N">Rows.</param>
/// <param name="D">Columns.</param>
/// <param name="Stages">Wall and processor seconds of each stage, in the order they ran.</param>
/// <param name="Peak">The process's peak of resident memory in bytes.</param>
/// <param name="Check">How its result compares with ours, or nothing.</param>
internal sealed record Measurement(
    string Peer, string Versions, int Threads, int N, int D, Dictionary<string, double?[]> Stages, long Peak, string Check)
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static Measurement FromJson(string line) => JsonSerializer.Deserialize<Measurement>(line, s_options)
        ?? throw new InvalidDataException($"'{line}' is no measurement.");

    public string ToJson() => JsonSerializer.Serialize(this, s_options);
}
