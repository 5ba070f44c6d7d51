namespace GnnReRank.Evaluation.Protocols;

/// <summary>Good and junk as a benchmark's lists say.</summary>
internal sealed class GroundTruthRule : IRelevanceRule
{
    private readonly int[][] _good;
    private readonly int[][] _junk;

    /// <param name="truth">The lists, one entry a query.</param>
    /// <param name="difficulty">The setup of the revisited benchmarks; null takes easy and hard as good.</param>
    public GroundTruthRule(GroundTruth truth, Difficulty? difficulty)
    {
        GoodInWords = difficulty is null ? "that the ground truth lists as positive" : $"that the ground truth lists as positive for {difficulty}";
        _good = [.. truth.Queries.Select(query => Sorted(difficulty switch
        {
            Difficulty.Easy => query.Easy,
            Difficulty.Hard => query.Hard,
            _ => query.Easy.Concat(query.Hard),
        }))];
        _junk = [.. truth.Queries.Select(query => Sorted(difficulty switch
        {
            Difficulty.Easy => query.Junk.Concat(query.Hard),
            Difficulty.Hard => query.Junk.Concat(query.Easy),
            _ => query.Junk,
        }))];
    }

    public string GoodInWords { get; }

    public ReadOnlySpan<int> CommonJunk => [];

    public int CountGood(int query) => _good[query].Length;

    public Relevance Judge(int query, int gallery) =>
        Array.BinarySearch(_good[query], gallery) >= 0 ? Relevance.Good
        : Array.BinarySearch(_junk[query], gallery) >= 0 ? Relevance.Junk
        : Relevance.Negative;

    public void Collect(int query, List<int> good, List<int> junk)
    {
        good.AddRange(_good[query]);
        junk.AddRange(_junk[query]);
    }

    private static int[] Sorted(IEnumerable<int> rows) => [.. rows.Order()];
}
