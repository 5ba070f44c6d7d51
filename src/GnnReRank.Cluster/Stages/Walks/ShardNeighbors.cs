using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Stages.Lists;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>The finished lists of one shard's vertices.</summary>
internal sealed unsafe class ShardNeighbors : INeighborLists
{
    private readonly int _first;
    private readonly int _width;
    private readonly int* _indices;
    private readonly float* _scores;

    /// <exception cref="GnnReRankException">The part is missing or broken.</exception>
    public ShardNeighbors(StageContext context, int shard)
    {
        _first = context.Shards.StartOf(shard);
        _width = context.Plan.NeighborCount;
        PartFile part = context.Part(ShardLists.Stage, shard);
        long count = (long)context.Shards.SizeOf(shard) * _width;
        _indices = part.Pointer<int>(ShardLists.Indices, count);
        _scores = part.Pointer<float>(ShardLists.Scores, count);
    }

    public ReadOnlySpan<int> NeighborsOf(int vertex) => new(_indices + PlaceOf(vertex), _width);

    public ReadOnlySpan<float> CosinesOf(int vertex) => new(_scores + PlaceOf(vertex), _width);

    private long PlaceOf(int vertex) => (long)(vertex - _first) * _width;
}
