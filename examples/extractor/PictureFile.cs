namespace GnnReRank.Extractor;

/// <summary>A picture to read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its path within its folder, with / between the parts.</param>
internal sealed record PictureFile(string Path, string Name);
