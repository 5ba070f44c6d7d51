using GnnReRank.Cluster.Stages;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Results;

/// <summary>The matrices that a job's ranking is of.</summary>
internal static class JobMatrices
{
    // Rows of each side that are compared: enough that rows in another order or of other features are found.
    private const int ComparedRows = 256;

    /// <summary>
    /// One side's matrix: the one that is given, once it is known to be the job's, or the job's own copy.
    /// </summary>
    /// <param name="context">The job.</param>
    /// <param name="isQuery">Which side.</param>
    /// <param name="given">What the caller has; or null.</param>
    /// <exception cref="GnnReRankException">It is another, or the copy is too large for one matrix.</exception>
    public static FeatureMatrix Of(StageContext context, bool isQuery, FeatureMatrix? given)
    {
        string side = isQuery ? "query" : "gallery";
        int rowCount = (isQuery ? context.Plan.Query : context.Plan.Gallery).RowCount;
        int first = isQuery ? 0 : context.Shards.QueryShards;
        int end = isQuery ? context.Shards.QueryShards : context.Shards.Count;
        if (given is null)
        {
            return end - first == 1 ? context.Shard(first) : Joined(context, side, first, end, rowCount);
        }

        if (given.RowCount != rowCount || given.Dimension != context.Plan.Dimension)
        {
            throw ResultErrors.OtherShape(side, given, rowCount, context.Plan.Dimension);
        }

        RequireRows(context, side, given, isQuery ? 0 : context.Plan.Query.RowCount);
        return given;
    }

    private static FeatureMatrix Joined(StageContext context, string side, int first, int end, int rowCount)
    {
        long values = (long)rowCount * context.Plan.Dimension;
        if (values > Array.MaxLength)
        {
            throw ResultErrors.MatrixTooLarge(side, rowCount, context.Plan.Dimension);
        }

        FeatureMatrix[] shards = [.. Enumerable.Range(first, end - first).Select(context.Shard)];
        return values * shards.Max(shard => shard.Storage.ElementSize) <= MemoryBudget.OfMachine().Limit
            ? FeatureJoiner.Append(shards)
            : throw ResultErrors.MatrixTooLarge(side, rowCount, context.Plan.Dimension);
    }

    private static void RequireRows(StageContext context, string side, FeatureMatrix given, int firstVertex)
    {
        int compared = Math.Min(ComparedRows, given.RowCount);
        float[] own = new float[given.Dimension];
        float[] other = new float[given.Dimension];
        for (int place = 0; place < compared; place++)
        {
            context.Options.CancellationToken.ThrowIfCancellationRequested();
            int row = compared == 1 ? 0 : (int)((long)place * (given.RowCount - 1) / (compared - 1));
            int shard = context.Shards.ShardOf(firstVertex + row);
            context.Shard(shard).Storage.CopyRows(firstVertex + row - context.Shards.StartOf(shard), 1, own);
            given.Storage.CopyRows(row, 1, other);
            if (!own.AsSpan().SequenceEqual(other))
            {
                throw ResultErrors.OtherRow(side, row);
            }
        }
    }
}
