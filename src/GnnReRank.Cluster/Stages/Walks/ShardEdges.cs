using GnnReRank.Cluster.Files;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>A stretch of the edges that start in one shard.</summary>
internal readonly unsafe struct ShardEdges
{
    private readonly int* _sources;
    private readonly int* _targets;
    private readonly double* _weights;

    private ShardEdges(PartFile part, int first, int count, int all)
    {
        Count = count;
        _sources = part.Pointer<int>(WalkParts.Sources, all) + first;
        _targets = part.Pointer<int>(WalkParts.Targets, all) + first;
        _weights = part.Pointer<double>(WalkParts.Weights, all) + first;
    }

    public int Count { get; }

    public ReadOnlySpan<int> Sources => new(_sources, Count);

    public ReadOnlySpan<int> Targets => new(_targets, Count);

    public ReadOnlySpan<double> Weights => new(_weights, Count);

    /// <summary>All edges at the vertices of a shard: those that start there, and what comes from the others.</summary>
    /// <exception cref="GnnReRankException">A part is missing or broken.</exception>
    public static IEnumerable<ShardEdges> At(StageContext context, int shard)
    {
        for (int other = 0; other < context.Shards.Count; other++)
        {
            yield return From(context, other, shard);
        }
    }

    private static ShardEdges From(StageContext context, int other, int shard)
    {
        PartFile part = context.Part(WalkParts.EdgesStage, other);
        int count = context.Shards.Count;
        ReadOnlySpan<int> starts = new(part.Pointer<int>(WalkParts.Starts, count + 1), count + 1);
        for (int place = 0; place < count; place++)
        {
            if (starts[0] != 0 || starts[place + 1] < starts[place])
            {
                throw PartErrors.Broken(part.Path, $"its sections do not follow each other at shard {place:N0}");
            }
        }

        int first = other == shard ? 0 : starts[shard];
        int end = other == shard ? starts[count] : starts[shard + 1];
        return new ShardEdges(part, first, end - first, starts[count]);
    }
}
