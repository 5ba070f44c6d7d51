using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>What the driver takes for what every stage does: launches, waits, memory.</summary>
/// <param name="lines">Receive the times.</param>
internal sealed class DriverCosts(StepLines lines)
{
    private const int Launches = 1_000;

    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(1);

    private GpuDevice Device => lines.Context.Device;

    public void Run()
    {
        using MemoryBuffer1D<int, Stride1D.Dense> target = Device.AllocateZeros<int>(1);
        OneValue arguments = new() { Target = target.View.BaseView };
        Add($"driver: {Launches:N0} launches", () =>
        {
            for (int launch = 0; launch < Launches; launch++)
            {
                Device.Launch(Write, 1, 32, arguments);
            }
        });
        Add("driver: a launch, and the wait for it", () => Device.Launch(Write, 1, 32, arguments));
        foreach (int megabytes in lines.Context.IsSmall ? (int[])[1] : [1, 64, 1_024])
        {
            long bytes = (long)megabytes << 20;
            Add($"driver: {megabytes:N0} MB made and given back", () =>
                Device.Accelerator.Allocate1D<byte>(bytes).Dispose());
        }
    }

    private void Add(string what, Action work) => lines.Try(what, () =>
    {
        work();
        lines.Time(what, StageTimes.Of(Device, 3 * lines.Runs, s_budget, work));
    });

    private static void Write(OneValue arguments)
    {
        if (Group.IdxX == 0)
        {
            arguments.Target[0] = 1;
        }
    }
}
