namespace GnnReRank.Formats.Arrays;

/// <summary>The array that holds what is known of each row.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="IsOptional">Whether its usual name alone led to it and nothing asks for it, so that it can be left out.</param>
/// <param name="TakesTexts">Whether labels in it may be texts other than digits.</param>
internal sealed record ArrayChoice(string Name, bool IsOptional, bool TakesTexts);
