namespace GnnReRank.Cluster.Plans;

/// <summary>
/// Which vertices each shard holds: queries first, then the gallery, in their order. A shard holds rows of one side
/// alone.
/// </summary>
internal sealed class ShardMap
{
    private readonly int[] _starts;

    private ShardMap(int[] starts, int queryShards) => (_starts, QueryShards) = (starts, queryShards);

    /// <summary>The number of shards.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Shards of queries, which come first.</summary>
    public int QueryShards { get; }

    public static ShardMap Of(JobPlan plan)
    {
        List<int> starts = [0];
        Add(starts, plan.Query.RowCount, plan.ShardRows);
        int queryShards = starts.Count - 1;
        Add(starts, plan.Gallery.RowCount, plan.ShardRows);
        return new ShardMap([.. starts], queryShards);
    }

    /// <summary>The first vertex of a shard.</summary>
    public int StartOf(int shard) => _starts[shard];

    /// <summary>The vertex after its last.</summary>
    public int EndOf(int shard) => _starts[shard + 1];

    public int SizeOf(int shard) => _starts[shard + 1] - _starts[shard];

    /// <summary>The shard of a vertex.</summary>
    public int ShardOf(int vertex)
    {
        int found = Array.BinarySearch(_starts, vertex);
        return found >= 0 ? found : ~found - 1;
    }

    // As even as can be.
    private static void Add(List<int> starts, int rowCount, int shardRows)
    {
        int shards = (int)(((long)rowCount + shardRows - 1) / shardRows);
        int first = starts[^1];
        for (int shard = 1; shard <= shards; shard++)
        {
            starts.Add(first + (int)((long)rowCount * shard / shards));
        }
    }
}
