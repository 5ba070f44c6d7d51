using System.Globalization;

namespace GnnReRank.Benchmarks;

/// <summary>How the programs of the verb "gpu" are started on one job.</summary>
internal sealed class GpuPrograms(GpuSettings settings, GpuShape shape, string folder)
{
    private const string DotNet = "dotnet";

    private static readonly string s_engine = Path.Combine(AppContext.BaseDirectory, "GnnReRank.Benchmarks.dll");

    public Entrant MadeFeatures() => new(
        "made", "", DotNet, [s_engine, "made", folder, "--shape", shape.Job.ToString(), .. MadeOptions.Arguments(settings.Made)], 0);

    public Entrant Ours(ComputePrecision precision) => new(
        $"GnnReRank {precision}", GpuStages.HostToHost, DotNet,
        [s_engine, GpuJobCommand.Name, "--device", settings.Device.Id, "--precision", precision.ToString(), .. Common()], 0);

    public Entrant Torch(string job) => new(
        $"torch {job}", GpuStages.HostToHost, settings.Python,
        [Repository.PathOf("benchmarks", "peers", "torch_gpu.py"), "--job", job, "--device", settings.TorchDevice ?? "none", .. Common()], 0);

    private IEnumerable<string> Common()
    {
        string[] common =
        [
            "--folder", folder, "--k1", Text(shape.K1), "--k2", Text(shape.K2), "--variant", settings.Variant.ToString(),
            "--repeat", Text(settings.Repeat), "--budget", Text(settings.Budget),
        ];
        return shape.Job.Top is int top ? [.. common, "--top", Text(top)] : common;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
