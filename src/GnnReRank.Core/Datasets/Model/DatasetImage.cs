namespace GnnReRank;

/// <summary>One image that a data set's truth speaks of.</summary>
/// <param name="Name">The image's path as the data set writes it, with forward slashes.</param>
/// <param name="Label">Its identity or class; null where the truth is in lists.</param>
/// <param name="Camera">Its camera; null where there is none.</param>
public sealed record DatasetImage(string Name, long? Label = null, int? Camera = null)
{
    /// <summary>The image's name.</summary>
    public override string ToString() => DisplayText.Of(Name);
}
