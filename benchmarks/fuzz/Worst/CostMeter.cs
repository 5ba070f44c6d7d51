using System.Globalization;
using GnnReRank.Fuzz.Running;

namespace GnnReRank.Fuzz.Worst;

/// <summary>Measures what imports cost: processor time and allocations, which other programs on the machine disturb little.</summary>
/// <param name="session">Where the commands run.</param>
/// <param name="root">Where the files go.</param>
internal sealed class CostMeter(Session session, string root)
{
    private const int Slowest = 120;

    private readonly Watch _watch = new(session.Shell);

    /// <summary>The run in the middle by processor time.</summary>
    public Cost Median(WorstCase shape, int size, int runs)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, "shape")).FullName;
        string path = Path.Combine(folder, shape.File);
        shape.Write(path, size);
        Cost[] costs = [.. Enumerable.Range(0, runs).Select(run => Measured(shape, path)).OrderBy(cost => cost.Seconds)];
        Directory.Delete(folder, recursive: true);
        return costs[runs / 2];
    }

    private Cost Measured(WorstCase shape, string path)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        File.WriteAllText("/proc/self/clear_refs", "5");
        long resident = Memory("VmRSS");
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan paused = GC.GetTotalPauseDuration();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        _watch.Begin(TimeSpan.FromSeconds(Slowest));
        Answer answer = session.Run(shell => shape.Call.Add(shell, path));
        _watch.End();
        double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        double collecting = (GC.GetTotalPauseDuration() - paused).TotalSeconds;
        string outcome = answer.IsStopped ? $"stopped after {Slowest} s"
            : answer.Errors.Count > 0 ? answer.Errors[0].FullyQualifiedErrorId.Split(',')[0] : "read";
        long length = File.Exists(path) ? new FileInfo(path).Length : Directory.EnumerateFiles(path).Sum(file => new FileInfo(file).Length);
        return new Cost(
            length / 1e6, seconds, collecting, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6, (Memory("VmHWM") - resident) / 1e6, outcome, answer.IsStopped);
    }

    private static long Memory(string name) =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10;
}
