using System.Diagnostics;
using System.Text.RegularExpressions;
using GnnReRank.Tests.Compute.Gpu;

namespace GnnReRank.Tests;

/// <summary>The engine's own tests once more in a process where .NET hides instruction sets, so that every path is taken on any machine.</summary>
public sealed partial class InstructionSetTests
{
    private static readonly string[] s_engineTests =
    [
        "NeighborSearchTests", "AdversarialNeighborTests", "GnnReRankerTests", "DiffusionReRankerTests",
        "CosineRankerTests", "OneCallReRankingTests",
        "CoarseScaleTests", "ExactDotsTests", "LazyCosinesTests", "RankSorterTests", "RadixSortTests", "SymmetricProductTests",
        "StoredPrecisionTests", "RowNormsTests", "RefinersTests", "QueryExpansionTests", "GraphConvolutionTests",
        "SuperGlobalTests", "NeighborNormalizationTests",
    ];

    [Theory]
    [InlineData("DOTNET_EnableAVX512F")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task EngineTestsPassWithout(string setting)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "exec", typeof(InstructionSetTests).Assembly.Location, "-noColor" },
            Environment = { [setting] = "0", [GpuTestBackends.OffVariable] = "1" },
        };
        foreach (string name in s_engineTests)
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add("*." + name);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Match totals = Totals().Match(output);
        Assert.True(totals.Success, output);
        Assert.Equal(("0", "0", 0), (totals.Groups["errors"].Value, totals.Groups["failed"].Value, process.ExitCode));
        Assert.True(int.Parse(totals.Groups["total"].Value) > 100, output);
    }

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+)")]
    private static partial Regex Totals();
}
