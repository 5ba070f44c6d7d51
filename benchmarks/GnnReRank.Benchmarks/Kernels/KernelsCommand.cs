using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace GnnReRank.Benchmarks;

/// <summary>The verb "kernels": BenchmarkDotNet on the innermost loops, one thread.</summary>
internal static class KernelsCommand
{
    private const int Warmups = 3;
    private const int Iterations = 15;

    public static Command Create()
    {
        Command command = new("kernels", "Time the kernels with BenchmarkDotNet: GFLOP/s, and the part of the peak measured in the same run.");
        Option<string> filter = new("--filter") { Description = "Only those whose name matches, such as *Tile*.", DefaultValueFactory = _ => "*" };
        command.Options.Add(filter);
        command.SetAction(given => Run(given.GetRequiredValue(filter)));
        return command;
    }

    private static int Run(string filter)
    {
        Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(Warmups).WithIterationCount(Iterations);
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params)
            .AddColumn(StatisticColumn.Min, StatisticColumn.Median, StatisticColumn.StdDev)
            .AddColumn(new ThroughputColumn(asShare: false), new ThroughputColumn(asShare: true), BaselineRatioColumn.RatioMean)
            .AddExporter(MarkdownExporter.GitHub)
            .AddFilter(new BenchmarkDotNet.Filters.GlobFilter([filter]))
            .WithArtifactsPath(Path.Combine(Repository.Root, "output", "benchmarks"));
        return BenchmarkRunner.Run([typeof(KernelBenchmarks), typeof(SortBenchmarks)], config)
            .All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
