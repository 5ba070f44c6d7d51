using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Storage;

namespace GnnReRank.Cluster.Stages.Lists;

/// <summary>Copies the features of a shard to its file, and the inverse norms of its rows.</summary>
internal sealed class ImportStage : IJobStage
{
    public string Name => StageContext.ImportName;

    public int CountItems(JobPlan plan) => ShardMap.Of(plan).Count;

    public ItemEstimate Estimate(JobPlan plan)
    {
        ShardMap shards = ShardMap.Of(plan);
        long rows = Enumerable.Range(0, shards.Count).Max(shards.SizeOf);
        long bytes = rows * plan.Dimension * plan.ElementBytes;
        return new ItemEstimate(rows * sizeof(float), bytes, bytes + (rows * sizeof(float)), rows * plan.Dimension);
    }

    public void Run(StageContext context, int item)
    {
        bool isQuery = item < context.Shards.QueryShards;
        SourcePlan source = isQuery ? context.Plan.Query : context.Plan.Gallery;
        int first = context.Shards.StartOf(item) - (isQuery ? 0 : context.Plan.Query.RowCount);
        List<(string Path, FeatureStorage Storage, int First, int Count)> parts =
            Parts(context, source, first, context.Shards.SizeOf(item));
        float[] norms = new float[context.Shards.SizeOf(item)];
        Span<float> rest = norms;
        foreach ((string path, FeatureStorage storage, int from, int count) in parts)
        {
            storage.RequireUnchanged();
            RowNorms.InverseOf(storage, from, rest[..count]);
            Require(path, storage, from, rest[..count]);
            RequireDirections(path, from, rest[..count], context.Plan.AllowsZeroRows);
            rest = rest[count..];
        }

        context.RequireFolder();
        ulong hash = ShardWriter.Write(
            context.Directory.Shard(item), [.. parts.Select(part => (part.Storage, part.First, part.Count))],
            context.Options);
        using PartFileWriter writer = context.Create(Name, item);
        writer.Append<float>(StageContext.Norms, norms);
        writer.Append<ulong>(StageContext.Features, [hash]);
        writer.Commit();
    }

    /// <summary>The files that hold rows [first, first + count) of a side, and which of their rows.</summary>
    private static List<(string Path, FeatureStorage Storage, int First, int Count)> Parts(
        StageContext context, SourcePlan source, int first, int count)
    {
        List<(string Path, FeatureStorage Storage, int First, int Count)> parts = [];
        int start = 0;
        for (int file = 0; file < source.Paths.Count; start += source.RowCounts[file++])
        {
            int from = Math.Max(first, start);
            int end = Math.Min(first + count, start + source.RowCounts[file]);
            if (from >= end)
            {
                continue;
            }

            FeatureStorage storage = SourceFile.Open(source.Paths[file], context.Options);
            if (storage.RowCount != source.RowCounts[file] || storage.Dimension != context.Plan.Dimension)
            {
                throw new GnnReRankException(
                    "SourceChanged", ErrorKind.InvalidData,
                    $"'{source.Paths[file]}' has {storage.RowCount:N0} x {storage.Dimension:N0} values, and had " +
                    $"{source.RowCounts[file]:N0} x {context.Plan.Dimension:N0} when the job was planned. Put the file back as " +
                    "it was, or plan a new job.");
            }

            parts.Add((source.Paths[file], storage, from - start, end - from));
        }

        return parts;
    }

    private static void RequireDirections(string path, int from, ReadOnlySpan<float> norms, bool allowsZeros)
    {
        int first = norms.IndexOf(0f);
        if (first >= 0 && !allowsZeros)
        {
            int count = norms.Count(0f);
            throw new GnnReRankException(
                "ZeroFeatureRow", ErrorKind.InvalidData,
                $"'{path}': row {from + first} (0-based) holds nothing but zeros, so it has no direction to compare. " +
                (count > 1 ? $"{count:N0} rows of its shard do. " : string.Empty) +
                "Correct the row in the file, and resume the job; or drop such rows, with Import-FeatureMatrix " +
                "-SkipInvalid and Export-FeatureMatrix, and plan a new job.");
        }
    }

    private static void Require(string path, FeatureStorage storage, int from, ReadOnlySpan<float> norms)
    {
        for (int row = 0; row < norms.Length; row++)
        {
            if (float.IsNaN(norms[row]))
            {
                ReadOnlySpan<float> values = storage.Row(from + row);
                int column = 0;
                while (float.IsFinite(values[column]))
                {
                    column++;
                }

                throw new GnnReRankException(
                    "NonFiniteFeature", ErrorKind.InvalidData,
                    $"'{path}', row {from + row}, column {column} (0-based) is {values[column]}: every feature must be " +
                    "finite. Correct the row in the file, and resume the job; or drop such rows, and plan a new job.");
            }
        }
    }
}
