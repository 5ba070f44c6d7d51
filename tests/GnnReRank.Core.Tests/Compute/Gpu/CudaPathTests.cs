using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using GnnReRank.Tests.Compute.Gpu.Driver;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>
/// The engine's way to CUDA, without a GPU: drivers are found once a process, so the tests of it run in one of their own.
/// </summary>
public sealed partial class CudaPathTests
{
    [Fact]
    public async Task JobsPassOnAnEmulatedDriver()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
                == System.Runtime.InteropServices.Architecture.X64, "The emulated driver is a library of x64 Linux.");
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [DriverSetUp.FolderVariable] = folder.Path },
        };
        string[] arguments = ["exec", Assembly.GetExecutingAssembly().Location, "-noColor", "-explicit", "only", "-trait", "Gpu=Driver"];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Match totals = Totals().Match(output);
        Assert.True(
            process.ExitCode == 0 && totals.Success && totals.Groups["total"].Value != "0" && totals.Groups["skipped"].Value == "0",
            output);
    }

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: 0, Failed: 0, Skipped: (?<skipped>\d+)")]
    private static partial Regex Totals();
}
