using System.Globalization;

namespace GnnReRank.Formats.Columns;

/// <summary>Labels and cameras as they come: whole numbers, also written as text or as floating-point numbers.</summary>
internal static class WholeNumbers
{
    // Past 2^53 a double no longer tells neighbouring whole numbers apart.
    private const double LargestExact = 1L << 53;

    public static bool TryParse(ReadOnlySpan<char> text, out long whole)
    {
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out whole))
        {
            return true;
        }

        bool isWhole = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) &&
            Math.Abs(value) <= LargestExact && Math.Floor(value) == value;
        whole = isWhole ? (long)value : 0;
        return isWhole;
    }

    /// <summary>The error for a label or camera that is no whole number.</summary>
    public static GnnReRankException NotWhole(string path, int row, string column, string found) => new(
        "NotAWholeNumber", ErrorKind.InvalidData,
        $"'{path}': row {row} (0-based) of the column '{column}' is {found}: labels and cameras must be whole numbers. " +
        "Number the classes 0, 1, ..., or name another column with -LabelColumn or -CameraColumn.");
}
