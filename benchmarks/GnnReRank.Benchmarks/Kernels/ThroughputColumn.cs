using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace GnnReRank.Benchmarks;

/// <summary>GFLOP/s of a kernel, or its share of what the multiply-adds in registers of that width reached in the same run.</summary>
internal sealed class ThroughputColumn(bool asShare) : IColumn
{
    public string Id => ColumnName;

    public string ColumnName => asShare ? "of peak" : "GFLOP/s";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => asShare ? 1 : 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => asShare ? "Part of the GFLOP/s of RegisterPeak with the same registers, in this run" : "1e9 multiplications and additions a second in the fastest iteration, one thread";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        double rate = Rate(summary, benchmarkCase);
        if (!asShare)
        {
            return FormattableString.Invariant($"{rate:0.0}");
        }

        BenchmarkCase peak = summary.BenchmarksCases.Single(other =>
            other.Descriptor.WorkloadMethod.Name == nameof(KernelBenchmarks.RegisterPeak) && KernelOf(other) == KernelOf(benchmarkCase));
        return FormattableString.Invariant($"{100 * rate / Rate(summary, peak):0.0} %");
    }

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) =>
        summary.BenchmarksCases.All(benchmark => benchmark.Descriptor.Type == typeof(KernelBenchmarks));

    public override string ToString() => ColumnName;

    private static string KernelOf(BenchmarkCase benchmark) => (string)benchmark.Parameters[nameof(KernelBenchmarks.Kernel)];

    /// <summary>Operations a nanosecond in the fastest iteration: other programs and a falling clock only ever slow one down.</summary>
    private static double Rate(Summary summary, BenchmarkCase benchmark) =>
        KernelBenchmarks.OperationsOf(benchmark.Descriptor.WorkloadMethod.Name, KernelOf(benchmark)) /
        (summary[benchmark]?.ResultStatistics?.Min ?? double.NaN);
}
