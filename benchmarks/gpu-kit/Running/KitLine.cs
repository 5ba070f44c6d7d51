using System.Text.Json.Serialization;

namespace GnnReRank.GpuKit.Running;

/// <summary>One line of the report.</summary>
/// <param name="Step">The step that found it; 0 for what was asked beside the steps.</param>
/// <param name="What">What was measured or checked.</param>
/// <param name="Verdict">How it went.</param>
/// <param name="Value">The number; null where there is none.</param>
/// <param name="Unit">Its unit, such as ms or TFLOP/s.</param>
/// <param name="Floor">The least that the card could take, in the same unit; null where none is known.</param>
/// <param name="Note">More, for people.</param>
internal sealed record KitLine(
    int Step, string What, [property: JsonConverter(typeof(JsonStringEnumConverter<KitVerdict>))] KitVerdict Verdict,
    double? Value = null, string Unit = "", double? Floor = null, string Note = "")
{
    /// <summary>The note of what was left out so that the rest ends in time.</summary>
    public const string NoTime = "no time was left";

    /// <summary>Whether it was left out for want of time.</summary>
    [JsonIgnore]
    public bool IsLeftOut => Verdict == KitVerdict.Skipped && Note == NoTime;
}
