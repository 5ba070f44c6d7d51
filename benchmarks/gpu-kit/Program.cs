using System.Diagnostics;
using System.Globalization;
using GnnReRank.GpuKit.Running;

namespace GnnReRank.GpuKit;

/// <summary>The GPU kit: all that a machine with a driver alone needs to prove the GPU engine.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        TimeSpan startUp = DateTime.Now - Process.GetCurrentProcess().StartTime;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        return KitOptions.Run(arguments, options => Run(options, startUp));
    }

    private static int Run(KitOptions options, TimeSpan startUp)
    {
        if (options.Lists)
        {
            KitSteps.Tell();
            return KitExit.Passed;
        }

        return options.Child is null ? new KitRunner(options).Run() : new KitChild(options, startUp).Run();
    }
}
