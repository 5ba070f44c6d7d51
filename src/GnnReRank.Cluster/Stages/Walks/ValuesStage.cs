using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Walks;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>The entries of a shard's rows, divided by the roots of both ends.</summary>
internal sealed unsafe class ValuesStage : IJobStage
{
    private const int Chunk = 1024;

    public string Name => WalkParts.ValuesStage;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        long entries = 2 * WalkParts.MostEdges(plan);
        return new ItemEstimate(
            entries * sizeof(float),
            (entries * (sizeof(int) + sizeof(double))) + ((long)plan.VertexCount * sizeof(double)),
            entries * sizeof(float),
            entries * 8.0);
    }

    public void Run(StageContext context, int item)
    {
        int count = context.Shards.SizeOf(item);
        StageReporter reporter = new(StageNames.Edges, count, StageUnits.Rows, context.Options);
        UnitedRows rows = UnitedRows.Of(context, item);
        nint[] roots = new nint[context.Shards.Count];
        for (int shard = 0; shard < roots.Length; shard++)
        {
            roots[shard] = (nint)context.Part(WalkParts.RowsStage, shard)
                .Pointer<double>(WalkParts.Roots, context.Shards.SizeOf(shard));
        }

        double share = 1 - WalkParts.RecipeOf(context).Restart;
        float[] values = new float[rows.EntryCount];
        Workers.ForRanges(context.Options.ThreadCount, count, Chunk, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                double root = ((double*)roots[item])[row];
                for (long entry = rows.Offsets[row]; entry < rows.Offsets[row + 1]; entry++)
                {
                    int column = rows.Columns[entry];
                    int shard = context.Shards.ShardOf(column);
                    double other = ((double*)roots[shard])[column - context.Shards.StartOf(shard)];
                    values[entry] = TransitionRows.Normalized(share, rows.Weights[entry], root * other);
                }
            }

            reporter.Advance(to - from);
        });
        using PartFileWriter writer = context.Create(Name, item);
        writer.AppendAll<float>(WalkParts.Values, values);
        writer.Commit();
        reporter.Complete();
    }
}
