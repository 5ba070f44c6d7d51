using GnnReRank.Compute.Jobs;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Times the stages of a shape beside their floors.</summary>
/// <param name="lines">Receive the times.</param>
/// <param name="job">The features.</param>
/// <param name="bench">The stages; what they leave on the device stays there for others.</param>
internal sealed class StageLines(StepLines lines, JobFeatures job, StageBench bench)
{
    private readonly TimeSpan _budget = TimeSpan.FromSeconds(job.Shape.IsLarge ? 1 : 4);

    /// <summary>All stages, in the order in which they need each other.</summary>
    public void Run()
    {
        KitShape shape = job.Shape;
        Add("upload", StageFloor.Upload(shape.Job), bench.Upload, RateOfUpload);
        AddSearch(ComputePrecision.Exact);
        AddSearch(ComputePrecision.Fast);
        bench.Search(ComputePrecision.Exact);
        MessageRecipe published = bench.RecipeOf(GnnVariant.Reference);
        Add("messages, Reference", StageFloor.Messages(shape), () => bench.Prepare(published));
        AddWalks();
        Add("messages, Paper", StageFloor.Messages(shape), () => bench.Prepare(bench.RecipeOf(GnnVariant.Paper)));
        Add("scores", StageFloor.Scores(shape.Job), bench.Score);
        Add("cosines", StageFloor.Cosines(shape.Job), bench.WriteCosines);
        foreach (int depth in Depths())
        {
            (Action order, Action copy, IDisposable held) = bench.Lists(depth);
            using (held)
            {
                Add($"order, {Name(depth)}", StageFloor.Order(shape.Job, depth), order);
                Add($"lists to the host, {Name(depth)}", StageFloor.Download(shape.Job, depth), copy);
            }
        }
    }

    private void AddWalks()
    {
        if (job.Shape.IsLarge)
        {
            lines.Skip($"{job.Shape.Name}: walks", "a run takes many seconds");
            return;
        }

        Add("walks made ready", default, bench.PrepareWalks);
        Add("scores of walks", StageFloor.Scores(job.Shape.Job), bench.Score);
    }

    private IEnumerable<int> Depths() => ((int[])[job.Shape.Depth, job.Shape.ShortDepth]).Distinct();

    private string Name(int depth) => depth == job.Gallery.RowCount ? "full" : $"top {depth}";

    private void AddSearch(ComputePrecision precision)
    {
        string how = bench.UsesTensorCores ? "tensor cores" : "float32";
        Add($"search, {precision} ({how})", StageFloor.Neighbors(job.Shape.Job), () => bench.Search(precision), Rate);
    }

    private string Rate(double milliseconds) => FormattableString.Invariant(
        $"{StageFloor.Neighbors(job.Shape.Job).Operations / milliseconds / 1e9:0.#} TFLOP/s of half of S");

    private string RateOfUpload(double milliseconds) => FormattableString.Invariant(
        $"{StageFloor.Upload(job.Shape.Job).LinkBytes / milliseconds / 1e6:0.#} GB/s");

    private void Add(string stage, StageFloor floor, Action work, Func<double, string>? note = null)
    {
        string what = $"{job.Shape.Name}: {stage}";
        lines.Try(what, () =>
        {
            // The first run compiles, and makes room.
            work();
            StageTimes times = StageTimes.Of(lines.Context.Device, lines.Runs, _budget, work);
            lines.Time(what, times, floor == default ? null : floor.On(lines.Peaks), note?.Invoke(times.Median) ?? "");
        });
    }
}
