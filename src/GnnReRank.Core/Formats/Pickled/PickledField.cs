namespace GnnReRank.Formats.Pickled;

/// <summary>One part of each record of a list.</summary>
/// <param name="Key">Its place, or its name.</param>
/// <param name="Part">What it holds.</param>
/// <param name="First">The first value of it.</param>
internal readonly record struct PickledField(object Key, PickledPart Part, object? First);
