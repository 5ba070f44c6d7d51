using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Cluster.Stages.Lists;

/// <summary>
/// The finished lists of all rows, mapped shard by shard: as those of a <see cref="NeighborGraph"/>, the vertex itself
/// first, -1 behind a list that is short.
/// </summary>
internal sealed unsafe class ShardLists : INeighborLists
{
    /// <summary>The stage that leaves them: an item a shard.</summary>
    public const string Stage = "lists";

    /// <summary>The array of neighbours, rows x NeighborCount.</summary>
    public const string Indices = "indices";

    /// <summary>The array of their cosines.</summary>
    public const string Scores = "scores";

    private readonly ShardMap _shards;
    private readonly nint[] _indices;
    private readonly nint[] _scores;

    public ShardLists(StageContext context)
    {
        _shards = context.Shards;
        Width = context.Plan.NeighborCount;
        _indices = new nint[_shards.Count];
        _scores = new nint[_shards.Count];
        for (int shard = 0; shard < _shards.Count; shard++)
        {
            PartFile part = context.Part(Stage, shard);
            long count = (long)_shards.SizeOf(shard) * Width;
            _indices[shard] = (nint)part.Pointer<int>(Indices, count);
            _scores[shard] = (nint)part.Pointer<float>(Scores, count);
        }
    }

    /// <summary>Places a list.</summary>
    public int Width { get; }

    ReadOnlySpan<int> INeighborLists.NeighborsOf(int vertex) => Neighbors(vertex);

    ReadOnlySpan<float> INeighborLists.CosinesOf(int vertex) => ScoresOf(vertex);

    /// <summary>The neighbours of a vertex.</summary>
    public ReadOnlySpan<int> Neighbors(int vertex)
    {
        int shard = _shards.ShardOf(vertex);
        return new ReadOnlySpan<int>((int*)_indices[shard] + ((long)(vertex - _shards.StartOf(shard)) * Width), Width);
    }

    /// <summary>Their cosines.</summary>
    public ReadOnlySpan<float> ScoresOf(int vertex)
    {
        int shard = _shards.ShardOf(vertex);
        return new ReadOnlySpan<float>((float*)_scores[shard] + ((long)(vertex - _shards.StartOf(shard)) * Width), Width);
    }
}
