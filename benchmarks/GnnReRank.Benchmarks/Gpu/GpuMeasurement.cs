using System.Text.Json;

namespace GnnReRank.Benchmarks;

/// <summary>What a program timed on a device prints: one line of JSON.</summary>
/// <param name="Program">The program.</param>
/// <param name="Versions">It and what it stands on.</param>
/// <param name="Runs">Warm runs.</param>
/// <param name="Stages">Seconds of each stage: the first in the process, and the median of those after it.</param>
/// <param name="Peak">The most device memory it held, in bytes; 0 where that is not known.</param>
/// <param name="Check">How its result compares with another, or nothing.</param>
internal sealed record GpuMeasurement(
    string Program, string Versions, int Runs, Dictionary<string, double?[]> Stages, long Peak, string Check)
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Reads a line; null where it is no measurement.</summary>
    public static GpuMeasurement? FromJson(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<GpuMeasurement>(line, s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, s_options);

    public double? Cold(string stage) => Stages.TryGetValue(stage, out double?[]? times) ? times[0] : null;

    /// <summary>The warm time of a stage; the cold one where there was no time for a second run.</summary>
    public double? Warm(string stage) => Stages.TryGetValue(stage, out double?[]? times) ? times[1] ?? times[0] : null;
}
