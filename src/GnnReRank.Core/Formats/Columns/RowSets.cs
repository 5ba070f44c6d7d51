namespace GnnReRank.Formats.Columns;

/// <summary>Which rows belong to which set, by a column that names each row's set or by a column of truth values for each set.</summary>
internal sealed class RowSets
{
    private readonly string[]? _sets;
    private readonly IReadOnlyDictionary<FeatureRole, bool[]> _flags = new Dictionary<FeatureRole, bool[]>();

    /// <param name="sets">The set of each row.</param>
    public RowSets(string[] sets) => _sets = sets;

    /// <param name="flags">For each set, whether each row belongs to it: a row may belong to both.</param>
    public RowSets(IReadOnlyDictionary<FeatureRole, bool[]> flags) => _flags = flags;

    /// <summary>The names of the sets that have rows.</summary>
    public IEnumerable<string> Present => _sets?.Distinct() ?? _flags.Where(flag => flag.Value.Contains(true)).Select(flag => flag.Key.ToString().ToLowerInvariant());

    /// <summary>The rows of a set, in ascending order.</summary>
    public int[] RowsOf(FeatureRole role)
    {
        if (_sets is not null)
        {
            return [.. Enumerable.Range(0, _sets.Length).Where(row => _sets[row].Equals(role.ToString(), StringComparison.OrdinalIgnoreCase))];
        }

        return _flags.TryGetValue(role, out bool[]? flags) ? [.. Enumerable.Range(0, flags.Length).Where(row => flags[row])] : [];
    }

    /// <summary>Whether a text says that a row belongs to a set. What is missing says that it does not.</summary>
    public static bool IsTrue(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> bare = text.Trim();
        return bare.Equals("true", StringComparison.OrdinalIgnoreCase) || bare is "1" or "1.0";
    }
}
