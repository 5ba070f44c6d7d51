using System.Reflection;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Rows;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Counts the rounds of a search and the candidates that they brought.</summary>
/// <param name="device">The device.</param>
internal sealed class SearchCounter(GpuDevice device) : ILaunchObserver
{
    private readonly List<long> _candidates = [];
    private int _capacity;
    private int _longest;
    private long _givenUp;

    /// <summary>Counts one search.</summary>
    public static void Run(StepLines lines, KitShape shape, StageBench bench)
    {
        string what = $"{shape.Name}: candidates a row of the search";
        lines.Try(what, () =>
        {
            SearchCounter counter = new(lines.Context.Device);
            lines.Context.Device.Observer = counter;
            try
            {
                bench.Search(ComputePrecision.Exact);
            }
            finally
            {
                lines.Context.Device.Observer = null;
            }

            lines.Number(
                what, counter._candidates.Sum() / (double)shape.Job.Vertices, "candidates",
                counter.Note());
        });
    }

    public void Starting<TArguments>(
        AcceleratorStream stream, MethodInfo kernel, KernelConfig config, TArguments arguments)
        where TArguments : struct
    {
        if (arguments is MergeArguments merge && kernel.Name.StartsWith("Merge", StringComparison.Ordinal))
        {
            device.Synchronize();
            int[] counts = merge.Counts.GetAsArray();
            _candidates.Add(counts.Sum(count => (long)count));
            (_capacity, _longest) = (merge.Capacity, Math.Max(_longest, counts.Max()));
        }
        else if (arguments is GatherArguments)
        {
            // A row that was given up is compared with all others.
            _givenUp += config.GridDim.X;
        }
    }

    public void Started(AcceleratorStream stream)
    {
    }

    private string Note() => FormattableString.Invariant(
        $"{_candidates.Count} merges, the longest queue {_longest:N0} of {_capacity:N0}, {_givenUp:N0} rows given up");
}
