using System.Globalization;
using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Scores in text.</summary>
internal static class RunNumber
{
    /// <summary>Reads a number; also NaN and infinity as Python, C and R print them.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        bool isSpecial = DelimitedText.TryParse(text, out float special);
        value = special;
        return isSpecial;
    }
}
