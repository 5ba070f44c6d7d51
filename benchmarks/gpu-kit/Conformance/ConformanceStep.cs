using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.GpuKit.Cuda;
using GnnReRank.GpuKit.Running;
using GnnReRank.Tests.Compute.Gpu;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.GpuKit.Conformance;

/// <summary>
/// Step 2: the engine's tests, those that PoCL runs and those that run kernels' PTX in an emulator, on the device. A class that
/// spoils the device costs its own rest: a fresh process goes on with the next.
/// </summary>
internal sealed partial class ConformanceStep : IKitStep
{
    private const int MostFaults = 12;

    // Some fewer than there are: a few need features that the kit does not always have.
    private const int LeastOnDevice = 340;
    private const int LeastEmulated = 4;

    private static readonly TimeSpan s_caseLimit = TimeSpan.FromSeconds(40);

    public int Number => 2;

    public string Name => "conformance: the tests that PoCL and the emulator of PTX run, on the device";

    public TimeSpan Limit => TimeSpan.FromSeconds(105);

    public bool CanResume => true;

    public void Run(KitContext context)
    {
        GpuTestDevices.Instead = context.Device;
        if (!context.Emulates)
        {
            PtxCode.Machine = new PtxMachine(context).Run;
        }

        BreakMark mark = new(context, Number);
        HashSet<string> known = [.. context.Report.Read().Where(line => line.Step == Number).Select(line => line.What)];
        if (mark.Left is string broken && known.Add(broken))
        {
            context.Report.Add(new KitLine(Number, broken, KitVerdict.Failed, Note: "The process broke in it; the rest of it did not run."));
        }

        foreach (TestClass tests in TestClass.FindAll(context.Tests, context.Emulates).Where(tests => !known.Contains(tests.Name)))
        {
            mark.Set(tests.Name);
            RunClass(context, tests);
        }

        mark.Clear();
        context.Report.Add(Total(context));
    }

    private void RunClass(KitContext context, TestClass tests)
    {
        long started = Stopwatch.GetTimestamp();
        (int passed, int skipped, List<string> faults, bool hangs, bool isSpoilt) = (0, 0, [], false, false);
        foreach (TestCase test in tests.Cases(context.Emulates))
        {
            CaseResult result = CaseRunner.Run(tests.Type, test, context.Device.Accelerator.Bind, s_caseLimit);
            passed += result is { Fault: null, IsSkipped: false } ? 1 : 0;
            skipped += result.IsSkipped ? 1 : 0;
            if (result.Fault is string fault)
            {
                faults.Add($"{test} {fault}");
                hangs = result.Hangs;
                isSpoilt = hangs || IsSpoilt(context);
                if (isSpoilt)
                {
                    break;
                }
            }
        }

        if (passed + skipped + faults.Count == 0)
        {
            return;
        }

        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"{passed} passed, {faults.Count} failed, {skipped} skipped{(isSpoilt ? ", the rest did not run" : "")}");
        IEnumerable<string> told = faults.Take(MostFaults).Select(fault => fault.Length > 400 ? fault[..400] + "..." : fault);
        context.Report.Add(new KitLine(
            Number, tests.Name, faults.Count > 0 ? KitVerdict.Failed : passed == 0 ? KitVerdict.Skipped : KitVerdict.Passed,
            Stopwatch.GetElapsedTime(started).TotalSeconds, "s", Note: string.Join("; ", told.Prepend(note))));
        if (hangs)
        {
            // A device is not given back while a kernel runs on it: this process would not end by itself.
            Process.GetCurrentProcess().Kill();
        }

        if (isSpoilt)
        {
            throw new SpoiltDeviceException($"The device is spoilt since {tests.Name}: a fresh process goes on.");
        }
    }

    /// <summary>That enough of them passed: what is skipped proves nothing.</summary>
    private KitLine Total(KitContext context)
    {
        int passed = context.Report.Read().Where(line => line.Step == Number)
            .Sum(line => PassedCases().Match(line.Note) is { Success: true } match
                ? int.Parse(match.Groups["passed"].Value, CultureInfo.InvariantCulture) : 0);
        int least = context.Tests is not null ? 1 : context.Emulates ? LeastEmulated : LeastOnDevice;
        string[] odd = [.. TestClass.Unknown.Select(name => $"{name} is new"), .. TestClass.Missing.Select(name => $"{name} is gone")];
        string note = string.Join("; ", odd.Prepend(string.Create(CultureInfo.InvariantCulture, $"at least {least} are expected")));
        return new KitLine(
            Number, "cases that passed", passed >= least && odd.Length == 0 ? KitVerdict.Passed : KitVerdict.Failed, passed, Note: note);
    }

    [GeneratedRegex("^(?<passed>[0-9]+) passed, ")]
    private static partial Regex PassedCases();

    private static bool IsSpoilt(KitContext context)
    {
        try
        {
            lock (context.Device.Gate)
            {
                context.Device.Accelerator.Bind();
                context.Device.Synchronize();
            }

            return false;
        }
        catch (Exception error) when (GpuErrors.IsDeviceError(error))
        {
            return true;
        }
    }
}
