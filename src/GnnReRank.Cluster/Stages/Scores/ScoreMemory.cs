using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Scoring;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Cluster.Stages.Scores;

/// <summary>
/// How an item of the score stage shares its task's memory: scorers, which hold as much a thread as there are vertices
/// times some hundred bytes, take at most half of it; cosines and a stretch of the gallery get the rest.
/// </summary>
internal sealed class ScoreMemory
{
    /// <summary>A scorer's group: fewer would leave lanes idle, and pass over the gallery for themselves.</summary>
    public const int LeastQueries = 16;

    private const double ScorerShare = 0.5;

    private readonly JobPlan _plan;
    private readonly long _fixed;
    private readonly long _perThread;
    private readonly RankingMemory _memory;

    /// <param name="plan">The job.</param>
    /// <param name="shape">The item.</param>
    /// <param name="threads">Threads that the task may use.</param>
    /// <param name="kernels">The kernels.</param>
    public ScoreMemory(JobPlan plan, RankingShape shape, int threads, CpuKernels kernels)
    {
        _plan = plan;
        IScoringSource? source = ScoringSources.Of(plan.ReadSettings());

        // The norms of all rows are copied from their files.
        _fixed = ((long)plan.VertexCount * sizeof(float)) + (source?.SharedBytes(plan) ?? 0) + shape.ResultBytes;
        _perThread = (source?.ThreadBytes(plan) ?? 0) + RankSorter.BytesFor(plan.Gallery.RowCount);
        long room = TaskMemory.ForItems(plan);
        long most = (long)((room - _fixed) * ScorerShare);
        int fitting = (int)Math.Clamp(most / _perThread, 1, threads);
        Room = new RankingRoom(Math.Max(0, room - _fixed - (fitting * _perThread)), fitting);
        _memory = new RankingMemory(shape, hasCosines: false, kernels, Room);
    }

    /// <summary>What is left for the cosines, and the threads that score.</summary>
    public RankingRoom Room { get; }

    /// <summary>The plan of the cosines.</summary>
    public RankingMemory Ranking => _memory;

    /// <summary>The bytes of the item.</summary>
    public long Bytes => _fixed + (Room.Threads * _perThread) + _memory.WorkBytes;

    /// <summary>The shape of an item.</summary>
    public static RankingShape ShapeOf(JobPlan plan, int item)
    {
        (int first, int end) = ScoreParts.QueriesOf(plan, item);
        return new RankingShape(end - first, plan.Gallery.RowCount, plan.Dimension, plan.Top)
        {
            FirstQuery = first, BreaksTiesOnly = ScoringSources.BreaksTiesOnly(plan.ReadSettings()),
        };
    }

    /// <summary>Fails where not even one thread with the fewest cosines fits.</summary>
    /// <exception cref="GnnReRankException">It does not.</exception>
    public void Require()
    {
        long least = _fixed + _perThread + ExactTiles.BytesPerBlock(_plan.Dimension) +
            (Math.Min(LeastQueries, _plan.QueriesPerItem) * (long)_plan.Gallery.RowCount * sizeof(float));
        if (least > TaskMemory.ForItems(_plan))
        {
            throw new GnnReRankException(
                "TaskMemoryTooSmall", ErrorKind.TooLarge,
                FormattableString.Invariant($"Scoring {_plan.VertexCount:N0} rows takes ") +
                $"{MemoryBudget.Gigabytes(least + TaskMemory.ProgramBytes)} GB at least, and a task has " +
                $"{MemoryBudget.Gigabytes(_plan.MemoryPerTask)} GB. Plan the job with more memory a task.");
        }
    }
}
