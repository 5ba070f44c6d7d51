namespace GnnReRank.Help;

/// <summary>One example of a command's help.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Code">The commands, as a person would type them.</param>
/// <param name="Remarks">What they show.</param>
internal sealed record CommandExample(string Title, string Code, IReadOnlyList<string> Remarks);
