using System.Diagnostics;
using System.Globalization;
using GnnReRank.GpuKit.Cuda;
using GnnReRank.GpuKit.Running;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.GpuKit.Facts;

/// <summary>What a device is, as its driver tells, and what a copy measures.</summary>
internal sealed class DeviceFacts(KitContext context, int step)
{
    private const double Mebi = 1024 * 1024;
    private const long CopyBytes = 1L << 31;
    private const long SmallCopyBytes = 1 << 20;
    private const int Copies = 10;
    private const int Rounds = 3;

    private Accelerator Accelerator => context.Device.Accelerator;

    public void Tell()
    {
        Say("device", $"{Accelerator.Name}; ILGPU sees {Accelerator}");
        Number("process start-up", context.StartUp.TotalMilliseconds, "ms");
        Number("opening the device", context.Opening.TotalMilliseconds, "ms");
        Number("memory", Accelerator.MemorySize / Mebi, "MiB");
        Number("multiprocessors", Accelerator.NumMultiprocessors, string.Empty);
        if (Accelerator is CudaAccelerator cuda)
        {
            TellCuda(cuda);
            MeasureCopy();
        }
    }

    private void TellCuda(CudaAccelerator cuda)
    {
        CudaDriver.Check(CudaDriver.GetVersion(out int version), "The driver's version");
        string driver = $"CUDA {version / 1000}.{version % 1000 / 10}; sm_{Attribute(75)}{Attribute(76)}";
        Say("driver", $"{driver}; ILGPU writes for {cuda.Architecture}, PTX {cuda.InstructionSet}");
        Number("clock at most", Attribute(13) / 1000.0, "MHz");
        Number("memory clock at most", Attribute(36) / 1000.0, "MHz", $"{Attribute(37)} bits wide");
        Number("L2", Attribute(38) / Mebi, "MiB");
        string shared = $"shared bytes a group {Attribute(8)}, {Attribute(97)} by opting in, {Attribute(81)} a multiprocessor";
        string others = $"registers {Attribute(82)} and threads {Attribute(39)} a multiprocessor; ECC {Attribute(32)}";
        Say("limits", $"{shared}; {others}");
        CudaDriver.Check(CudaDriver.GetMemory(out nuint free, out nuint total), "The memory");
        Number("memory free", free / Mebi, "MiB", string.Create(CultureInfo.InvariantCulture, $"of {total / Mebi:F0} MiB"));
    }

    /// <summary>A copy on the device, bytes read and written counted: the best of some rounds.</summary>
    private void MeasureCopy()
    {
        CudaDriver.Check(CudaDriver.GetMemory(out nuint free, out _), "The memory");
        nuint bytes = (nuint)Math.Min(context.IsSmall ? SmallCopyBytes : CopyBytes, (long)(free / 4));
        CudaDriver.Check(CudaDriver.Allocate(out ulong source, bytes), "Memory for a copy");
        CudaDriver.Check(CudaDriver.Allocate(out ulong target, bytes), "Memory for a copy");
        try
        {
            CudaDriver.Check(CudaDriver.Fill(source, 1, bytes), "Filling memory");
            double best = 0;
            for (int round = 0; round < Rounds; round++)
            {
                CudaDriver.Check(CudaDriver.Synchronize(), "Waiting");
                long started = Stopwatch.GetTimestamp();
                for (int copy = 0; copy < Copies; copy++)
                {
                    CudaDriver.Check(CudaDriver.Copy(target, source, bytes), "A copy");
                }

                CudaDriver.Check(CudaDriver.Synchronize(), "Waiting");
                best = Math.Max(best, 2.0 * Copies * bytes / Stopwatch.GetElapsedTime(started).TotalSeconds / 1e9);
            }

            Number("copy on the device", best, "GB/s", $"read and written; {bytes >> 20} MiB, best of {Rounds} rounds");
        }
        finally
        {
            _ = CudaDriver.Free(source);
            _ = CudaDriver.Free(target);
        }
    }

    private static int Attribute(int number) =>
        CudaDriver.GetDevice(out int device) == 0 && CudaDriver.GetDeviceAttribute(out int value, number, device) == 0 ? value : 0;

    private void Say(string what, string note) => context.Report.Add(new KitLine(step, what, KitVerdict.Measured, Note: note));

    private void Number(string what, double value, string unit, string note = "") =>
        context.Report.Add(new KitLine(step, what, KitVerdict.Measured, value, unit, Note: note));
}
