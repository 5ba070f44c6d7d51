namespace GnnReRank.Datasets.Landmarks;

/// <summary>Makes the lists of queries, each row once: benchmarks say nothing of a row in two lists, so the first list holds.</summary>
internal sealed class RowLists
{
    private int _repeated;
    private string? _firstRepeated;

    /// <summary>The lists of one query.</summary>
    /// <param name="query">The query, for the warning.</param>
    /// <param name="easy">Rows as the files list them.</param>
    /// <param name="hard">Rows as the files list them.</param>
    /// <param name="junk">Rows as the files list them.</param>
    /// <param name="region">The query's box.</param>
    public QueryTruth Make(string query, IEnumerable<int> easy, IEnumerable<int> hard, IEnumerable<int> junk, IReadOnlyList<double>? region)
    {
        HashSet<int> seen = [];
        return new QueryTruth
        {
            Easy = Once(query, easy, seen),
            Hard = Once(query, hard, seen),
            Junk = Once(query, junk, seen),
            Region = region,
        };
    }

    /// <summary>What was listed more than once.</summary>
    public IEnumerable<string> Warnings => _repeated == 0 ? [] :
    [
        $"{_repeated:N0} images are listed twice for one query (the first for {_firstRepeated}): they count once, as their first list says.",
    ];

    private int[] Once(string query, IEnumerable<int> rows, HashSet<int> seen)
    {
        List<int> kept = [];
        foreach (int row in rows)
        {
            if (seen.Add(row))
            {
                kept.Add(row);
                continue;
            }

            _repeated++;
            _firstRepeated ??= query;
        }

        return [.. kept];
    }
}
