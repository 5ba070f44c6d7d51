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
    public const string Milliseconds = "ms";

    /// <summary>The note of what was left out so that the rest ends in time.</summary>
    public const string NoTime = "no time was left";

    /// <summary>Whether it was left out for want of time.</summary>
    [JsonIgnore]
    public bool IsLeftOut => Verdict == KitVerdict.Skipped && Note == NoTime;

    /// <summary>The line; as one that failed where its number says nothing: no time is 0, and none is no number.</summary>
    public KitLine Checked() =>
        Value is not double value || (double.IsFinite(value) && (value > 0 || Unit != Milliseconds))
            ? this

            // A file of JSON has no word for what is no number.
            : this with
            {
                Verdict = KitVerdict.Failed,
                Value = double.IsFinite(value) ? value : null,
                Note = FormattableString.Invariant($"{value} is no result. {Note}").TrimEnd(),
            };
}
