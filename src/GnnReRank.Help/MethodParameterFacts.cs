namespace GnnReRank.Help;

/// <summary>One parameter of a method.</summary>
/// <param name="Name">The speaking name.</param>
/// <param name="Alias">The paper's name; null where it is the same.</param>
/// <param name="Type">Its type, as PowerShell users write it.</param>
/// <param name="Choices">The values to choose from; none where any value will do.</param>
/// <param name="Default">What holds where it is not given.</param>
/// <param name="Range">What a number may be, in words; empty where anything.</param>
/// <param name="Text">What it means, from the comment of the property that holds it.</param>
internal sealed record MethodParameterFacts(
    string Name, string? Alias, string Type, IReadOnlyList<string> Choices, string Default, string Range, string Text)
{
    /// <summary>A switch has no value to show.</summary>
    public bool IsSwitch => Type == "switch";

    /// <summary>The text with range and default, for a method among others.</summary>
    public string InWords => $"{Text.TrimEnd('.')}. {Bounds}Default: {Default}.";

    // Most texts say themselves what a number may be.
    private string Bounds => Range.Length == 0 || Text.Contains(Range, StringComparison.OrdinalIgnoreCase)
        ? string.Empty
        : $"{char.ToUpperInvariant(Range[0])}{Range[1..]}. ";
}
