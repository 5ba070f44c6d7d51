namespace GnnReRank.Evaluation.Protocols;

/// <summary>The rows of each label. Identities are numbered by ascending label; an identity's rows ascend.</summary>
internal sealed class LabelIndex
{
    private readonly long[] _labels;
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly Dictionary<long, int> _identities = [];

    public LabelIndex(ReadOnlySpan<long> labels)
    {
        Dictionary<long, int> counts = [];
        foreach (long label in labels)
        {
            counts[label] = counts.GetValueOrDefault(label) + 1;
        }

        _labels = [.. counts.Keys.Order()];
        _starts = new int[_labels.Length + 1];
        for (int identity = 0; identity < _labels.Length; identity++)
        {
            _identities[_labels[identity]] = identity;
            _starts[identity + 1] = _starts[identity] + counts[_labels[identity]];
        }

        _rows = new int[labels.Length];
        int[] next = _starts[..^1];
        for (int row = 0; row < labels.Length; row++)
        {
            _rows[next[_identities[labels[row]]]++] = row;
        }
    }

    public int IdentityCount => _labels.Length;

    public long LabelOf(int identity) => _labels[identity];

    public ReadOnlySpan<int> RowsOf(int identity) => _rows.AsSpan(_starts[identity].._starts[identity + 1]);

    /// <summary>The rows of a label; none where it does not occur.</summary>
    public ReadOnlySpan<int> RowsOfLabel(long label) => _identities.TryGetValue(label, out int identity) ? RowsOf(identity) : [];
}
