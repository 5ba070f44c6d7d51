using System.Globalization;

namespace GnnReRank.Formats.Rankings;

/// <summary>The names by which TREC runs know queries and documents: fields between blanks, so a name must hold none.</summary>
internal static class TrecName
{
    public const char QueryPrefix = 'q';
    public const char GalleryPrefix = 'g';

    /// <summary>How the tags of this module's own runs start.</summary>
    public const string OwnTag = "GnnReRank-";

    /// <summary>The name of a row; where it has none, the prefix and the 0-based row.</summary>
    public static string Of(FeatureMatrix matrix, int row, char prefix)
    {
        string name = matrix.HasNames ? matrix.NameSpan[row] : string.Empty;
        return name.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"{prefix}{row}") : Of(name);
    }

    /// <summary>A text with each blank as an underscore.</summary>
    public static string Of(string text)
    {
        foreach (char character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                return string.Concat(text.Select(each => char.IsWhiteSpace(each) ? '_' : each));
            }
        }

        return text;
    }
}
