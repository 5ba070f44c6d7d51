namespace GnnReRank.Formats.Arrays;

/// <summary>The names of the arrays that make one feature matrix.</summary>
/// <param name="Role">The part the matrix plays, as far as the names tell.</param>
/// <param name="Features">The array with the features.</param>
/// <param name="Labels">The array with the labels, or null.</param>
/// <param name="Cameras">The array with the cameras, or null.</param>
/// <param name="Names">The array with the names, or null.</param>
internal sealed record ArraySet(FeatureRole Role, string Features, string? Labels, string? Cameras, string? Names);
