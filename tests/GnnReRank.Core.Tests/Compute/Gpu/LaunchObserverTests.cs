using System.Reflection;
using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class LaunchObserverTests
{
    public static TheoryData<string> Devices => GpuTestDevices.Names;

    /// <summary>A profile pairs what is recorded before a launch with what is recorded after it.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void IsToldBeforeAndAfterEachLaunchAndNoLongerWhenItIsGone(string name)
    {
        GpuDevice device = GpuTestDevices.Named(name);
        lock (device.Gate)
        {
            device.Accelerator.Bind();
            using MemoryBuffer1D<int, Stride1D.Dense> values = device.AllocateZeros<int>(ProbeKernels.GroupSize);
            ProbeArguments arguments = new() { Values = values.View.BaseView, Count = 3 };
            Calls calls = new();
            device.Observer = calls;
            try
            {
                device.Launch(Mark, 2, 4, arguments);
                device.Launch(Mark, 5, 8, arguments);
            }
            finally
            {
                device.Observer = null;
            }

            device.Launch(Mark, 1, 1, arguments);
            device.Synchronize();
            Assert.Equal(["Mark 2 x 4 of 3", "started", "Mark 5 x 8 of 3", "started"], calls.Told);
            Assert.Equal(3, values.GetAsArray1D()[0]);
        }
    }

    private static void Mark(ProbeArguments arguments)
    {
        if (Grid.IdxX == 0 && Group.IdxX == 0)
        {
            arguments.Values[0] = arguments.Count;
        }
    }

    private sealed class Calls : ILaunchObserver
    {
        public List<string> Told { get; } = [];

        public void Starting<TArguments>(
            AcceleratorStream stream, MethodInfo kernel, KernelConfig config, TArguments arguments)
            where TArguments : struct
        {
            int count = arguments is ProbeArguments probe ? probe.Count : -1;
            Told.Add($"{kernel.Name} {config.GridDim.X} x {config.GroupDim.X} of {count}");
        }

        public void Started(AcceleratorStream stream) => Told.Add("started");
    }
}
