namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Names of a run that no row has, for a warning.</summary>
internal sealed class UnknownNames
{
    private const int Shown = 3;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _first = [];

    /// <summary>How many different names there are.</summary>
    public int Count => _names.Count;

    /// <summary>The first of them, quoted.</summary>
    public string Listed => string.Join(", ", _first.Select(name => $"'{name}'")) + (Count > Shown ? ", ..." : string.Empty);

    public void Add(ReadOnlySpan<char> name)
    {
        if (_names.GetAlternateLookup<ReadOnlySpan<char>>().Add(name) && _first.Count < Shown)
        {
            _first.Add(name.ToString());
        }
    }
}
