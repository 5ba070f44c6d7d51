using System.Globalization;

namespace GnnReRank.Formats.Columns;

/// <summary>How numbers and texts stand in delimited text: never by the machine's culture.</summary>
internal static class DelimitedText
{
    /// <summary>The shortest text that gives the same float back.</summary>
    public static string Printed(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A field quoted as RFC 4180 asks, where it needs to be.</summary>
    public static string Quoted(string text, char delimiter)
    {
        bool plain = text.AsSpan().IndexOfAny([delimiter, '"', '\r', '\n']) < 0 && text.AsSpan().Trim().Length == text.Length;
        return plain ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Reads a number; also NaN and infinity as Python, C and R print them.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out float value)
    {
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        ReadOnlySpan<char> bare = text.Trim();
        bool negative = bare.StartsWith("-");
        bare = bare.TrimStart("+-");
        value = bare.Equals("inf", StringComparison.OrdinalIgnoreCase)
            ? negative ? float.NegativeInfinity : float.PositiveInfinity
            : float.NaN;
        return float.IsInfinity(value) || bare.Equals("nan", StringComparison.OrdinalIgnoreCase);
    }
}
