using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The devices that the kernels are tested on: do they run a kernel that uses all that ours use?</summary>
[Trait("Gpu", "Kernels")]
public sealed class GpuTestDevicesTests
{
    private const int Groups = 3;
    private const int Length = Groups * ProbeKernels.GroupSize;

    public static TheoryData<string> Devices => GpuTestDevices.Names;

    [Theory]
    [MemberData(nameof(Devices))]
    public void SharedPointersAtomicsAndLongsWork(string name)
    {
        GpuDevice device = GpuTestDevices.Named(name);
        int[] values = [.. Enumerable.Range(0, Length).Select(i => (i * 7919) % 1000)];
        int[] sums = new int[Groups];
        ulong[] largest = new ulong[Groups];
        float[] neighbors = new float[Length];
        lock (device.Gate)
        {
            using MemoryBuffer1D<int, Stride1D.Dense> input = device.Allocate<int>(Length);
            using MemoryBuffer1D<int, Stride1D.Dense> sum = device.AllocateZeros<int>(Groups);
            using MemoryBuffer1D<ulong, Stride1D.Dense> keys = device.AllocateZeros<ulong>(Groups);
            using MemoryBuffer1D<float, Stride1D.Dense> chosen = device.AllocateZeros<float>(Length);
            input.CopyFromCPU(values);
            device.Launch(ProbeKernels.Everything, Groups, ProbeKernels.GroupSize, new ProbeArguments
            {
                Values = input.View.BaseView,
                Sums = sum.View.BaseView,
                Largest = keys.View.BaseView,
                Chosen = chosen.View.BaseView,
                Count = Length,
            });
            device.Synchronize();
            sum.CopyToCPU(sums);
            keys.CopyToCPU(largest);
            chosen.CopyToCPU(neighbors);
        }

        for (int group = 0; group < Groups; group++)
        {
            int[] own = values[(group * ProbeKernels.GroupSize)..((group + 1) * ProbeKernels.GroupSize)];
            Assert.Equal(own.Sum(), sums[group]);
            Assert.Equal(((ulong)own.Max() << 32) | 7, largest[group]);
            for (int i = 0; i < own.Length; i++)
            {
                float expected = own[i] > 500 ? own[i ^ 1] : -own[i];
                Assert.Equal(expected, neighbors[(group * ProbeKernels.GroupSize) + i]);
            }
        }
    }
}
