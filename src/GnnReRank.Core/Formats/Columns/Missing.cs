namespace GnnReRank.Formats.Columns;

/// <summary>Values that are missing.</summary>
internal static class Missing
{
    private static readonly HashSet<string> s_words = new(["NA", "N/A", "<NA>", "null", "None"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text says that its value is missing, as pandas, R and databases write it.</summary>
    public static bool IsWord(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> bare = text.Trim();
        return bare.IsEmpty || s_words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(bare);
    }

    /// <summary>What stands for a feature that is missing, until the row is dropped with those that hold NaN.</summary>
    public static T Value<T>()
        where T : unmanaged => typeof(T) == typeof(Half) ? (T)(object)Half.NaN : (T)(object)float.NaN;
}
