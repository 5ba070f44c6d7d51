using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>
/// The kernel tests once more in a process that Oclgrind watches: it sees races and addresses that a processor forgives.
/// Classes of small sizes marked [Trait("Gpu", "Kernels")] run there. Its search for values never set is of no use: it takes buffers that the host filled for such.
/// </summary>
public sealed partial class OclgrindTests
{
    private static readonly string[] s_kernelTests = ["-trait", "Gpu=Kernels"];

    [Fact]
    public async Task NoKernelRacesOrLeavesItsBuffers()
    {
        (string output, string log, string[] kernels) = await Watch(s_kernelTests);
        Match totals = Totals().Match(output);
        Assert.True(totals.Success, output);
        Assert.True(totals.Groups["errors"].Value == "0" && totals.Groups["failed"].Value == "0" && totals.Groups["total"].Value != "0", output);
        Assert.DoesNotMatch(Faults(), log);
        Assert.Contains("ProbeKernels.Everything", kernels);
        Assert.Empty(EngineKernels.Portable.Select(EngineKernels.NameOf).Except(kernels));
    }

    [Theory]
    [InlineData(nameof(RacyKernelTests.Race), "data race")]
    [InlineData(nameof(RacyKernelTests.Bounds), "Invalid read")]
    public async Task AWrongKernelIsFound(string test, string fault)
    {
        (string output, string log, _) = await Watch(["-explicit", "only", "-method", $"*.{nameof(RacyKernelTests)}.{test}"]);
        Assert.Contains("Total: 1", output, StringComparison.Ordinal);
        Assert.Contains(fault, log, StringComparison.Ordinal);
        Assert.Matches(Faults(), log);
    }

    private static async Task<(string Output, string Log, string[] Kernels)> Watch(string[] filter)
    {
        Assert.SkipUnless(IsInstalled(), "Oclgrind is not installed (oclgrind).");
        using TemporaryFolder folder = new();
        string log = Path.Combine(folder.Path, "oclgrind.log");
        string kernels = Path.Combine(folder.Path, "kernels.txt");
        ProcessStartInfo start = new("oclgrind")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [GpuTestDevices.KernelLogVariable] = kernels },
        };
        string[] arguments = ["--data-races", "--log", log, "dotnet", "exec", Assembly.GetExecutingAssembly().Location, "-noColor"];
        foreach (string argument in arguments.Concat(filter))
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0 && File.Exists(kernels), output);
        return (output, File.Exists(log) ? await File.ReadAllTextAsync(log) : "", await File.ReadAllLinesAsync(kernels));
    }

    private static bool IsInstalled() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "oclgrind")));

    [GeneratedRegex("data race|Invalid (read|write)", RegexOptions.IgnoreCase)]
    private static partial Regex Faults();

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+)")]
    private static partial Regex Totals();
}
