using System.Globalization;
using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Scores;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Rankings;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Results;

/// <summary>The ranking of a job that is done, as an object or as files.</summary>
internal static class ClusterResults
{
    /// <summary>The ranking, checked against what the final stage left.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="directory">Its directory.</param>
    /// <param name="query">The queries; null takes the job's own copy, without labels.</param>
    /// <param name="gallery">The gallery, likewise.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">
    /// The job is not done, a file of it is broken, a matrix is not its own, or something does not fit in memory.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static Ranking Receive(
        JobPlan plan, JobDirectory directory, FeatureMatrix? query, FeatureMatrix? gallery, ComputeOptions options)
    {
        RequireDone(plan, directory);
        using StageContext context = new(plan, directory, options);
        FeatureMatrix queries = JobMatrices.Of(context, isQuery: true, query);
        FeatureMatrix rows = JobMatrices.Of(context, isQuery: false, gallery);
        MatrixChecks.RequireFit(queries, rows);
        RequireRoom(plan);
        RowBlocks<int> indices = new(plan.Query.RowCount, plan.Top);
        RowBlocks<float> scores = new(plan.Query.RowCount, plan.Top);
        StageReporter reporter = new("Reading the ranking", plan.Query.RowCount, StageUnits.Queries, options);
        for (int item = 0; item < ScoreParts.CountItems(plan); item++)
        {
            (int first, int end) = ScoreParts.QueriesOf(plan, item);
            JobLists.CopyIndices(context, item, indices, first);
            JobLists.CopyScores(context, item, scores, first);
            reporter.Advance(end - first);
        }

        RequireDigest(context, indices, scores);
        reporter.Complete();
        return new Ranking(
            queries, rows, indices, scores, context.Settings with { Approximation = JobApproximation.Kept(context) });
    }

    /// <summary>Writes the ranking as Parquet files, one an item of the score stage, one after the other.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="directory">Its directory.</param>
    /// <param name="folder">A folder, which is made; it may exist if it is empty.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>The paths of the files, in the order of the queries.</returns>
    /// <exception cref="GnnReRankException">
    /// The job is not done, a file of it is broken, or the folder has files.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static IReadOnlyList<string> Export(
        JobPlan plan, JobDirectory directory, string folder, ComputeOptions options)
    {
        RequireDone(plan, directory);
        RequireEmpty(folder);
        RequireWhole(plan, directory, options);
        Directory.CreateDirectory(folder);
        ComputeOptions quiet = options with { Progress = null };
        StageReporter reporter = new(StageNames.Writing, plan.Query.RowCount, StageUnits.Queries, options);
        List<string> paths = [];
        for (int item = 0; item < ScoreParts.CountItems(plan); item++)
        {
            using StageContext context = new(plan, directory, quiet);
            (int first, int end) = ScoreParts.QueriesOf(plan, item);
            WrittenLists lists = ListsOf(context, item, first, end - first);
            string name = item.ToString("00000", CultureInfo.InvariantCulture);
            paths.Add(Path.Combine(Path.GetFullPath(folder), $"ranking-{name}.parquet"));
            AtomicFile.Write(
                paths[^1], overwrite: false,
                temporary => ParquetRankingWriter.Write(temporary, lists, plan.Top, quiet));
            reporter.Advance(end - first);
        }

        reporter.Complete();
        return paths;
    }

    /// <summary>Verifies all that will be written before anything is.</summary>
    private static unsafe void RequireWhole(JobPlan plan, JobDirectory directory, ComputeOptions options)
    {
        for (int item = 0; item < ScoreParts.CountItems(plan); item++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            (int first, int end) = ScoreParts.QueriesOf(plan, item);
            using StageContext context = new(plan, directory, options);
            PartFile part = context.Part(ScoreParts.Stage, item);
            long count = (long)(end - first) * plan.Top;
            _ = part.Pointer<int>(ScoreParts.Indices, count);
            _ = part.Pointer<float>(ScoreParts.Scores, count);
        }
    }

    private static WrittenLists ListsOf(StageContext context, int item, int first, int count)
    {
        RowBlocks<int> indices = new(count, context.Plan.Top);
        RowBlocks<float> scores = new(count, context.Plan.Top);
        JobLists.CopyIndices(context, item, indices, at: 0);
        JobLists.CopyScores(context, item, scores, at: 0);
        return new WrittenLists(indices, scores) { FirstQuery = first };
    }

    private static void RequireDone(JobPlan plan, JobDirectory directory)
    {
        if (new ItemMarks(directory, plan.Id).Done(FinalParts.Stage, 0) is null)
        {
            throw ResultErrors.NotDone(directory.Path);
        }
    }

    private static void RequireRoom(JobPlan plan)
    {
        long bytes = (long)plan.Query.RowCount * plan.Top * (sizeof(int) + sizeof(float));
        long limit = MemoryBudget.OfMachine().Limit;
        if (bytes > limit)
        {
            throw ResultErrors.RankingTooLarge(plan.Query.RowCount, plan.Top, bytes, limit);
        }
    }

    private static unsafe void RequireDigest(StageContext context, RowBlocks<int> indices, RowBlocks<float> scores)
    {
        RankingDigest digest = new();
        for (int query = 0; query < indices.RowCount; query++)
        {
            digest.Append<int>(indices[query]);
        }

        for (int query = 0; query < scores.RowCount; query++)
        {
            digest.Append<float>(scores[query]);
        }

        PartFile part = context.Part(FinalParts.Stage, 0);
        ulong[] halves = digest.Halves();
        ulong* kept = part.Pointer<ulong>(FinalParts.Digest, halves.Length);
        if (!new ReadOnlySpan<ulong>(kept, halves.Length).SequenceEqual(halves))
        {
            throw PartErrors.Broken(
                part.Path, "its digest is not that of the ranking, whose files have changed since they were checked");
        }
    }

    private static void RequireEmpty(string folder)
    {
        if (File.Exists(folder))
        {
            throw ResultErrors.FolderTaken(folder, "is a file");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw ResultErrors.FolderTaken(folder, "has files in it");
        }
    }
}
