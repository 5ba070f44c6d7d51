using System.Diagnostics;
using System.Globalization;
using GnnReRank.GpuKit.Dumping;

namespace GnnReRank.GpuKit.Running;

/// <summary>A child: opens the device, and does the one thing it was started for.</summary>
internal sealed class KitChild(KitOptions options, TimeSpan startUp)
{
    /// <summary>Is there a device?</summary>
    public const string Probe = "probe";

    public const string Dump = "dump";

    public const string Profile = "profile";

    public int Run()
    {
        StepProcess.EndWithParent();
        try
        {
            return options.Child switch
            {
                Probe => RunProbe(),
                Dump => KernelDump.Run(options, Report),
                _ => RunOnDevice(),
            };
        }
        catch (NoDeviceException none)
        {
            Console.WriteLine(none.Message);
            return KitExit.NoDevice;
        }
        catch (SpoiltDeviceException spoilt)
        {
            Console.WriteLine(spoilt.Message);
            return KitExit.Spoilt;
        }
        catch (Exception error) when (options.Child is Probe)
        {
            Console.WriteLine($"No device: the driver's library is broken: {error.Message.ReplaceLineEndings(" ")}");
            return KitExit.NoDevice;
        }
        catch (Exception error)
        {
            string words = $"{error.GetType().Name}: {error.Message}";
            Report.Add(new KitLine(Number, "an error that ended it", KitVerdict.Failed, Note: words));
            Console.WriteLine(error);
            return KitExit.Failed;
        }
    }

    private int Number => int.TryParse(options.Child, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private KitReport Report { get; } = new(Path.Combine(options.Out, KitReport.FileName));

    private int RunProbe()
    {
        KitDevice.Require(options);
        return KitExit.Passed;
    }

    private int RunOnDevice()
    {
        DateTime deadline = DateTime.UtcNow + (options.Limit ?? TimeSpan.MaxValue / 4);
        int failedBefore = Failures();
        long started = Stopwatch.GetTimestamp();
        using KitDevice device = KitDevice.Open(options);
        KitContext context = new(Report, device.Device, device.Backend, options.Emulates, AppContext.BaseDirectory, options.Python)
        {
            DeviceId = options.Device,
            Out = options.Out,
            Tests = options.Tests,
            StartUp = startUp,
            Opening = Stopwatch.GetElapsedTime(started),
            Deadline = deadline,
        };
        if (options.Child == Profile)
        {
            (KitSteps.Profiler ?? throw new NotSupportedException("This kit has no profiler.")).Run(context, options.Profile!);
        }
        else
        {
            KitSteps.All.Single(step => step.Number == Number).Run(context);
        }

        return Failures() > failedBefore ? KitExit.Failed : KitExit.Passed;
    }

    private int Failures() => Report.Read().Count(line => line.Step == Number && line.Verdict == KitVerdict.Failed);
}
