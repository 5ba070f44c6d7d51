using System.Globalization;

namespace GnnReRank;

/// <summary>An item of a cluster job that failed.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Item">The item, from 0.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="IsPermanent">Whether another try would fail the same way.</param>
/// <param name="Message">Why.</param>
/// <param name="Log">The path of the log, or null.</param>
public sealed record ClusterJobFailure(
    string Stage, int Item, int Attempts, bool IsPermanent, string Message, string? Log)
{
    /// <summary>Why, as people may see it: it may quote a file.</summary>
    public string Message { get; init; } = DisplayText.Of(Message);

    /// <summary>A sentence for people.</summary>
    public override string ToString() => DisplayText.Of(string.Create(
        CultureInfo.InvariantCulture,
        $"item {Item:N0} of {Stage}, after {Attempts:N0} {(Attempts == 1 ? "try" : "tries")}: {Message.TrimEnd('.')}" +
        $"{(Log is null ? string.Empty : $" (log: {Log})")}"));
}
