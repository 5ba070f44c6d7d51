namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>The members of one vertex with their cosines, each once; one thread's.</summary>
internal sealed class MemberList
{
    private int[] _rows = new int[64];
    private float[] _cosines = new float[64];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>NaN where the cosine is not known yet.</summary>
    public Span<float> Cosines => _cosines.AsSpan(0, Count);

    public void Add(int row, float cosine)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, 2 * Count);
            Array.Resize(ref _cosines, 2 * Count);
        }

        _rows[Count] = row;
        _cosines[Count++] = cosine;
    }

    /// <summary>Puts the rows in ascending order, in which sums run.</summary>
    public void Sort() => Array.Sort(_rows, _cosines, 0, Count);

    public void Clear() => Count = 0;
}
