using System.Globalization;

namespace GnnReRank.Formats.Columns;

/// <summary>Labels and cameras as they come: whole numbers, also written as text or as floating-point numbers.</summary>
internal static class WholeNumbers
{
    /// <summary>Reads a whole number, exactly: also one with a point and zeros, or in the form 1e+05.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long whole)
    {
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out whole))
        {
            return true;
        }

        bool isWhole = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && !HasBareExponent(text)
            && decimal.Truncate(value) == value && value >= long.MinValue && value <= long.MaxValue;
        whole = isWhole ? (long)value : 0;
        return isWhole;
    }

    /// <summary>Whether a text writes a number of any kind, or that it is none.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !HasBareExponent(text);

    // No program writes the exponent of a whole number without its sign: 12e4 is a name of digits and letters.
    private static bool HasBareExponent(ReadOnlySpan<char> text)
    {
        int exponent = text.IndexOfAny('e', 'E');
        return exponent >= 0 && exponent + 1 < text.Length && char.IsAsciiDigit(text[exponent + 1]);
    }

    /// <summary>The error for a label or camera that is no whole number.</summary>
    public static GnnReRankException NotWhole(string path, int row, string column, string found) => new(
        "NotAWholeNumber", ErrorKind.InvalidData,
        $"'{path}': row {row} (0-based){(column.Length == 0 ? string.Empty : $" of the column '{column}'")} is {found}, which is no label or camera: those are whole numbers, and labels may be " +
        "texts too (in a column 'id' only where -LabelColumn names it). Name another column with -LabelColumn or -CameraColumn.");
}
