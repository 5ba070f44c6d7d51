namespace GnnReRank.Formats.Columns;

/// <summary>Vectors that are kept as text: "[0.1, 0.2]" as Python and JSON write them, "[0.1 0.2]" as numpy prints them.</summary>
internal static class VectorText
{
    /// <summary>What stands where a vector is expected, for messages.</summary>
    public const string Expected = "a vector such as '[0.1, 0.2]'";

    private const string ScalarPrefix = "np.";
    private const string Elision = "...";
    private const int Shown = 40;

    private static readonly string[] s_openings = ["array(", "tensor("];

    /// <summary>Whether a text can be a vector by how it starts.</summary>
    public static bool IsStart(ReadOnlySpan<char> text) => Bare(text) is ['[' or '(', ..];

    /// <summary>Whether a text says that its vector is missing, or is one without values.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text) =>
        Missing.IsWord(text) || text.Trim().Equals("nan", StringComparison.OrdinalIgnoreCase) || (Bare(text) is ['[', .. ReadOnlySpan<char> inner, ']'] && inner.Trim().IsEmpty);

    /// <summary>Reads a vector.</summary>
    /// <param name="text">The text.</param>
    /// <param name="values">Takes the numbers.</param>
    /// <param name="takesMissing">Whether a value that is missing is NaN.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, List<float> values, bool takesMissing)
    {
        values.Clear();
        ReadOnlySpan<char> inner = Bare(text);
        int depth = 0;
        for (; inner is ['[', .., ']'] or ['(', .., ')'] && depth < 2; depth++)
        {
            inner = inner[1..^1].Trim();
        }

        return depth > 0 && TryParseNumbers(inner, values, takesMissing);
    }

    /// <summary>What is wrong with a text that is no vector.</summary>
    public static string Fault(ReadOnlySpan<char> text) => text.Trim() switch
    {
        { Length: 0 } => "is empty",
        ReadOnlySpan<char> found when found.Contains(Elision, StringComparison.Ordinal) && IsStart(found) =>
            "holds '...', where numpy's print left values out: write vectors with json.dumps(x.tolist()), or with numpy.set_printoptions(threshold=sys.maxsize)",
        ReadOnlySpan<char> found => $"is '{(found.Length > Shown ? $"{found[..Shown]}..." : found)}'",
    };

    // With commas every place between two of them holds a number; Python leaves one behind the last. Without, spaces and line ends separate.
    private static bool TryParseNumbers(ReadOnlySpan<char> text, List<float> values, bool takesMissing)
    {
        bool hasCommas = text.Contains(',');
        text = hasCommas && text[^1] == ',' ? text[..^1] : text;
        foreach (Range part in hasCommas ? text.SplitAny(',') : text.SplitAny(' ', '\t', '\n', '\r'))
        {
            ReadOnlySpan<char> number = text[part].Trim();
            if (number.IsEmpty && !hasCommas)
            {
                continue;
            }

            if (!DelimitedText.TryParse(Unwrapped(number), out float value) && !(takesMissing && Missing.IsWord(number)))
            {
                return false;
            }

            values.Add(value);
        }

        return true;
    }

    // NumPy 2 prints the numbers of a list as np.float32(0.1).
    private static ReadOnlySpan<char> Unwrapped(ReadOnlySpan<char> number)
    {
        int start = number.IndexOf('(');
        return start > 0 && number[^1] == ')' && number.StartsWith(ScalarPrefix) ? number[(start + 1)..^1] : number;
    }

    // What repr writes around a vector goes: array([0.1, 0.2], dtype=float32).
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> bare = text.Trim();
        foreach (string opening in s_openings)
        {
            int end = bare.LastIndexOf(']');
            if (bare.StartsWith(opening) && end > opening.Length)
            {
                return bare[opening.Length..(end + 1)].Trim();
            }
        }

        return bare;
    }
}
