using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Stages.Scores;

/// <summary>Checks that the ranking is there and whole, and leaves what tells it from another.</summary>
internal sealed unsafe class FinalStage : IJobStage
{
    public string Name => FinalParts.Stage;

    public int CountItems(JobPlan plan) => 1;

    public ItemEstimate Estimate(JobPlan plan)
    {
        long values = (long)plan.Query.RowCount * plan.Top;
        return new ItemEstimate(1 << 20, values * (sizeof(int) + sizeof(float)), 1 << 10, values);
    }

    public void Run(StageContext context, int item)
    {
        JobPlan plan = context.Plan;
        StageReporter reporter = new(StageNames.Checking, plan.Query.RowCount, StageUnits.Queries, context.Options);
        RankingDigest digest = new();
        int items = ScoreParts.CountItems(plan);
        for (int part = 0; part < items; part++)
        {
            AppendIndices(context, part, digest, reporter);
        }

        for (int part = 0; part < items; part++)
        {
            AppendScores(context, part, digest);
        }

        using PartFileWriter writer = context.Create(Name, item);
        writer.Append<long>(FinalParts.Counts, [plan.Query.RowCount, plan.Gallery.RowCount, plan.Top]);
        writer.Append<ulong>(FinalParts.Digest, digest.Halves());
        if (JobApproximation.Measured(context) is GraphApproximation approximation)
        {
            writer.Append<double>(FinalParts.Recall, [approximation.Recall]);
            writer.Append<int>(FinalParts.RecallRows, [approximation.SampledRows]);
        }

        writer.Commit();
        reporter.Complete(FormattableString.Invariant(
            $"{plan.Query.RowCount:N0} queries x {plan.Top:N0} gallery rows"));
    }

    private static void AppendIndices(StageContext context, int item, RankingDigest digest, StageReporter reporter)
    {
        JobPlan plan = context.Plan;
        PartFile part = context.Part(ScoreParts.Stage, item);
        int* indices = ScoreParts.IndicesOf(plan, part, item);
        (int first, int end) = ScoreParts.QueriesOf(plan, item);
        for (int query = first; query < end; query++)
        {
            ReadOnlySpan<int> list = new(indices + ((query - first) * (long)plan.Top), plan.Top);
            foreach (int row in list)
            {
                if ((uint)row >= (uint)plan.Gallery.RowCount)
                {
                    throw PartErrors.Broken(
                        part.Path,
                        $"query {query:N0} has the gallery row {row:N0}, and there are {plan.Gallery.RowCount:N0}");
                }
            }

            digest.Append(list);
            reporter.Advance(1);
        }
    }

    private static void AppendScores(StageContext context, int item, RankingDigest digest)
    {
        JobPlan plan = context.Plan;
        float* scores = ScoreParts.ScoresOf(plan, context.Part(ScoreParts.Stage, item), item);
        (int first, int end) = ScoreParts.QueriesOf(plan, item);
        for (int query = first; query < end; query++)
        {
            context.Options.CancellationToken.ThrowIfCancellationRequested();
            digest.Append(new ReadOnlySpan<float>(scores + ((query - first) * (long)plan.Top), plan.Top));
        }
    }
}
