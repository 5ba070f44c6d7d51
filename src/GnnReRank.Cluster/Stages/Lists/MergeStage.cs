using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Stages.Lists;

/// <summary>The lists of a shard's rows from those of all pairs of shards that it is in.</summary>
internal sealed unsafe class MergeStage : IJobStage
{
    private const int Stretch = 1 << 14;

    public string Name => ShardLists.Stage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        ShardMap shards = ShardMap.Of(plan);
        long rows = Enumerable.Range(0, shards.Count).Max(shards.SizeOf);
        long entries = rows * plan.NeighborCount;
        const int size = sizeof(int) + sizeof(float);
        return new ItemEstimate(
            entries * sizeof(float) + (Math.Min(Stretch, rows) * plan.NeighborCount * (shards.Count + 1) * size),
            entries * shards.Count * size, entries * size, (double)entries * shards.Count * 10);
    }

    public void Run(StageContext context, int item)
    {
        int rowCount = context.Shards.SizeOf(item);
        int width = context.Plan.NeighborCount;
        Source[] sources = [.. Enumerable.Range(0, context.Shards.Count).Select(other => SourceOf(context, item, other))];
        float* self = context.Part(PairStage.Stage, PairStage.ItemOf(item, item))
            .Pointer<float>(PairStage.SelfScores, rowCount);
        float[] scores = new float[(long)rowCount * width];
        int[] indices = new int[Math.Min(rowCount, Stretch) * width];
        using PartFileWriter writer = context.Create(Name, item);
        for (int first = 0; first < rowCount; first += Stretch)
        {
            int count = Math.Min(Stretch, rowCount - first);
            int start = first;
            Workers.ForRanges(context.Options.ThreadCount, count, 256, (from, to) =>
            {
                context.Options.CancellationToken.ThrowIfCancellationRequested();
                ulong[] keys = new ulong[sources.Sum(source => source.Others)];
                for (int row = from; row < to; row++)
                {
                    ReadOnlySpan<ulong> best = Best(sources, start + row, keys);
                    Write(
                        context.Shards.StartOf(item) + start + row, self[start + row], best,
                        indices.AsSpan(row * width, width), scores.AsSpan((start + row) * width, width));
                }
            });
            writer.Append<int>(ShardLists.Indices, indices.AsSpan(0, count * width));
        }

        writer.Append<float>(ShardLists.Scores, scores);
        writer.Commit();
    }

    private static Source SourceOf(StageContext context, int shard, int other)
    {
        int side = shard <= other ? 0 : 1;
        PartFile part = context.Part(PairStage.Stage, PairStage.ItemOf(shard, other));
        long count = part.Count(PairStage.Indices(side));
        int rows = context.Shards.SizeOf(shard);
        return count % rows != 0
            ? throw PartErrors.Broken(part.Path, $"its lists have {count:N0} entries for {rows:N0} rows")
            : new Source(
                (nint)part.Pointer<int>(PairStage.Indices(side)),
                (nint)part.Pointer<float>(PairStage.Scores(side), count), (int)(count / rows));
    }

    /// <summary>The keys of all that a row met, best first, each once.</summary>
    private static ReadOnlySpan<ulong> Best(Source[] sources, int row, ulong[] keys)
    {
        int count = 0;
        foreach (Source source in sources)
        {
            int* indices = (int*)source.Indices + ((long)row * source.Others);
            float* scores = (float*)source.Scores + ((long)row * source.Others);
            for (int place = 0; place < source.Others && indices[place] >= 0; place++)
            {
                keys[count++] = SortableKey.BestIsLargest(scores[place], indices[place]);
            }
        }

        Span<ulong> found = keys.AsSpan(0, count);
        found.Sort();
        found.Reverse();
        int kept = 0;
        for (int place = 0; place < count; place++)
        {
            // Pairs of one shard may be met in several items.
            if (place == 0 || found[place] != found[kept - 1])
            {
                found[kept++] = found[place];
            }
        }

        return found[..kept];
    }

    private static void Write(int vertex, float self, ReadOnlySpan<ulong> best, Span<int> indices, Span<float> scores)
    {
        (indices[0], scores[0]) = (vertex, self);
        int count = Math.Min(best.Length, indices.Length - 1);
        for (int rank = 0; rank < count; rank++)
        {
            indices[rank + 1] = SortableKey.IndexOfBest(best[rank]);
            scores[rank + 1] = SortableKey.ScoreOfBest(best[rank]);
        }

        indices[(count + 1)..].Fill(-1);
        scores[(count + 1)..].Clear();
    }

    /// <summary>The lists that an item left for the rows of a shard.</summary>
    private readonly record struct Source(nint Indices, nint Scores, int Others);
}
