using System.Reflection;
using GnnReRank.GpuKit.Running;
using GnnReRank.Tests.Compute.Gpu;

namespace GnnReRank.GpuKit.Facts;

/// <summary>Step 1: the device, how fast it opens, and every kernel through the driver's compiler.</summary>
internal sealed class FactsStep : IKitStep
{
    public int Number => 1;

    public string Name => "device, start-up, and every kernel compiled by the driver";

    public TimeSpan Limit => TimeSpan.FromSeconds(75);

    public bool CanResume => true;

    public void Run(KitContext context)
    {
        HashSet<string> known = [.. context.Report.Read().Where(line => line.Step == Number).Select(line => line.What)];
        lock (context.Device.Gate)
        {
            context.Device.Accelerator.Bind();
            if (known.Count == 0)
            {
                new DeviceFacts(context, Number).Tell();
            }

            foreach (MethodInfo kernel in EngineKernels.All)
            {
                string what = $"kernel {EngineKernels.NameOf(kernel)}";
                if (!known.Contains(what))
                {
                    context.Report.Add(KernelFacts.Of(context, Number, what, kernel));
                }
            }
        }
    }
}
