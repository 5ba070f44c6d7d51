using System.Globalization;
using System.Text;

namespace GnnReRank.Benchmarks;

/// <summary>What the stages of a job took.</summary>
internal static class ClusterTable
{
    public static string Of(ClusterJobStatus status)
    {
        StringBuilder table = new("| stage | items | s of processor time an item | s an item | peak GB |\n|---|---:|---:|---:|---:|\n");
        foreach (ClusterStageStatus stage in status.Stages)
        {
            double items = Math.Max(1, stage.Done);
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {stage.Stage} | {stage.Done:N0} of {stage.Items:N0} | {stage.ProcessorTime.TotalSeconds / items:0.00} | " +
                $"{stage.Elapsed.TotalSeconds / items:0.00} | {stage.PeakMemoryBytes / 1e9:0.00} |");
        }

        return table.ToString();
    }
}
