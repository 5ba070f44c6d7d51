namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>The entries of one query, as they come.</summary>
internal sealed class RunList
{
    private const int FirstCapacity = 4;

    private RunEntry[] _entries = new RunEntry[FirstCapacity];
    private int _count;

    public Span<RunEntry> Entries => _entries.AsSpan(0, _count);

    public void Add(RunEntry entry)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count + Math.Max(FirstCapacity, _count / 2));
        }

        _entries[_count++] = entry;
    }
}
