using System.Diagnostics;

namespace GnnReRank;

/// <summary>The answer of an index to one query: gallery rows, best first, with their scores. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class IndexAnswer
{
    private readonly int[] _rows;
    private readonly float[] _scores;

    internal IndexAnswer(FeatureMatrix gallery, long version, int[] rows, float[] scores) =>
        (Gallery, Version, _rows, _scores) = (gallery, version, rows, scores);

    /// <summary>The gallery that the rows speak of: the index as it was when the search began.</summary>
    public FeatureMatrix Gallery { get; }

    /// <summary>The <see cref="ReRankIndex.Version"/> of that moment.</summary>
    public long Version { get; }

    /// <summary>The number of rows listed; 0 where none had the least score.</summary>
    public int Count => _rows.Length;

    /// <summary>0-based rows of <see cref="Gallery"/>, best first.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Their scores, falling.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>The name of a listed row; null where the gallery has no names.</summary>
    /// <param name="rank">1-based rank, up to <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public string? GetName(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Count);
        return Gallery.Names?[_rows[rank - 1]];
    }

    /// <summary>A line for people.</summary>
    public override string ToString() => $"{Count:N0} of {Gallery.RowCount:N0} gallery rows";
}
