using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Diffusion;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>What the stages of a walk leave, an item a shard, and what they share.</summary>
internal static class WalkParts
{
    /// <summary>
    /// The edges that start in a shard: <see cref="Sources"/>, <see cref="Targets"/> and <see cref="Weights"/>, by the
    /// shard they go to, which begins at its place of <see cref="Starts"/>; and the <see cref="Scales"/> of its
    /// vertices.
    /// </summary>
    public const string EdgesStage = "edges";

    /// <summary>
    /// W by rows: <see cref="Offsets"/>, <see cref="Columns"/>, <see cref="Weights"/>; and the <see cref="Roots"/>.
    /// </summary>
    public const string RowsStage = "rows";

    /// <summary>(1 - restart) S~: the <see cref="Values"/> beside the columns of the rows stage.</summary>
    public const string ValuesStage = "values";

    public const string Starts = "starts";
    public const string Sources = "sources";
    public const string Targets = "targets";
    public const string Weights = "weights";
    public const string Scales = "scales";
    public const string Offsets = "offsets";
    public const string Columns = "columns";
    public const string Roots = "roots";
    public const string Values = "values";

    // Values handed to a file at once: far from what a span of bytes can be.
    private const int Chunk = 1 << 20;

    /// <summary>The walk of a job.</summary>
    public static RestartWalkRecipe RecipeOf(StageContext context) =>
        DiffusionRecipe.Of((DiffusionSettings)context.Settings);

    /// <summary>Edges of a shard's vertices, at most.</summary>
    public static long MostEdges(JobPlan plan) =>
        (long)LargestShard(plan) * DiffusionRecipe.Of((DiffusionSettings)plan.ReadSettings()).Edges.MostEdges;

    /// <summary>Rows of the largest shard.</summary>
    public static int LargestShard(JobPlan plan) =>
        Math.Min(plan.ShardRows, Math.Max(plan.Query.RowCount, plan.Gallery.RowCount));

    /// <summary>Appends an array of any length.</summary>
    public static void AppendAll<T>(this Files.PartFileWriter writer, string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Append(name, values[..Math.Min(Chunk, values.Length)]);
        for (int start = Chunk; start < values.Length; start += Chunk)
        {
            writer.Append(name, values.Slice(start, Math.Min(Chunk, values.Length - start)));
        }
    }
}
