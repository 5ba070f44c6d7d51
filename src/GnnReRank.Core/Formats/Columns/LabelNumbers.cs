using System.Collections.ObjectModel;
using System.IO.Hashing;
using System.Text;

namespace GnnReRank.Formats.Columns;

/// <summary>
/// Labels that are written as texts, as numbers: digits are the number they write ('0001' is 1), and any other text has a number of its
/// own, which depends on the text alone. So the labels of a query and a gallery agree wherever and in whatever order they are read.
/// </summary>
/// <param name="takesTexts">Whether texts other than digits are labels.</param>
internal sealed class LabelNumbers(bool takesTexts)
{
    // Numbers of texts have 62 bits of a hash below this one: past whatever anybody counts to.
    private const long FirstOfTexts = 1L << 62;

    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _texts = [];

    /// <summary>The texts by their numbers; null where every label was a number.</summary>
    public ReadOnlyDictionary<long, string>? Names => _texts.Count == 0 ? null : _texts.AsReadOnly();

    /// <summary>The number of a label.</summary>
    /// <returns>False for what is missing, or a number and not whole.</returns>
    /// <exception cref="GnnReRankException">Two texts have one number.</exception>
    public bool TryNumber(ReadOnlySpan<char> label, out long number)
    {
        ReadOnlySpan<char> text = label.Trim();
        if (WholeNumbers.TryParse(text, out number))
        {
            return true;
        }

        if (!takesTexts || !IsText(text))
        {
            return false;
        }

        if (!_numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out number))
        {
            number = Add(text.ToString());
        }

        return true;
    }

    /// <summary>The texts of a matrix's labels, to be written in their place; null where labels are numbers, or other numbers than these texts are read as.</summary>
    public static string[]? TextsOf(FeatureMatrix matrix)
    {
        if (matrix.LabelNames is not { } names || names.Any(name => !IsText(name.Value) || NumberOf(name.Value) != name.Key))
        {
            return null;
        }

        return Array.ConvertAll(matrix.LabelArray!, label => LabelNames.TextOf(names, label));
    }

    private static long NumberOf(string text) => FirstOfTexts | (long)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text)) >> 2);

    private static bool IsText(ReadOnlySpan<char> text) => !WholeNumbers.IsNumber(text) && !Missing.IsWord(text) && text.Trim().Length == text.Length;

    private long Add(string text)
    {
        long number = NumberOf(text);
        if (!_texts.TryAdd(number, text))
        {
            throw LabelNames.Collide(number, _texts[number], text);
        }

        _numbers.Add(text, number);
        return number;
    }
}
