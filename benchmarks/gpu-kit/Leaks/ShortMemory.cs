using System.Globalization;
using GnnReRank.Compute;
using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Jobs;
using GnnReRank.GpuKit.Running;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Compute.Gpu;
using GnnReRank.Tests.Compute.Gpu.Driver;

namespace GnnReRank.GpuKit.Leaks;

/// <summary>Jobs that do not fit: panels, then a clear refusal; Auto goes to the processor.</summary>
internal sealed class ShortMemory(KitContext context, int step)
{
    private const int NeighborCount = 26;

    // What others leave, and rows that need more: of the real card, or of one of 256 MB.
    private readonly long _left = context.IsSmall ? 1L << 20 : 96L << 20;
    private readonly (int Rows, int Dimension) _large = context.IsSmall ? (600, 256) : (60_000, 1_024);
    private readonly (int Rows, int Dimension) _small = context.IsSmall ? (60, 32) : (8_000, 512);

    /// <summary>A backend that may use too little for all rows finds the same graph in panels.</summary>
    public void InPanels() => Try("panels where the rows do not fit", () =>
    {
        (int rows, int dimension) = DriverSetUp.IsThere ? (800, 64) : context.Emulates ? (1_300, 512) : (20_000, 512);
        FeatureMatrix gallery = MadeFeatures.ExactlyTied(rows, dimension, seed: 2);
        DeviceJob search = new(0, rows, dimension, NeighborCount, Depth: 0, Recipe: null);
        GpuPlan plan = GpuPlan.For(search, long.MaxValue, canSplit: false);
        long limit = (long)((plan.Search + (plan.Features / 2)) / 0.9);
        List<string> lines = [];
        NeighborGraph found = GpuTestDevices.BackendOf(context.Device, limit)
            .FindNeighbors(null, gallery, NeighborCount, new ComputeOptions { Log = lines.Add });
        NeighborGraph expected = CpuBackend.Default.FindNeighbors(null, gallery, NeighborCount, ComputeOptions.Default);
        bool isSame = found.IndexSpan.SequenceEqual(expected.IndexSpan);
        return (lines.Exists(IsOfPanels) && isSame, $"{lines.FirstOrDefault()}; the processor's graph is {(isSame ? "the same" : "another")}");
    });

    /// <summary>Where not even panels fit, an error says so.</summary>
    public void TooSmall() => Try("a refusal where nothing fits", () =>
    {
        FeatureMatrix gallery = MadeFeatures.ExactlyTied(1_300, 512, seed: 2);
        return Refused(() => GpuTestDevices.BackendOf(context.Device, 4_000_000)
            .FindNeighbors(null, gallery, NeighborCount, ComputeOptions.Default));
    });

    /// <summary>Others hold the memory: a job is refused in words, or finds its way in panels.</summary>
    public void TakenByOthers()
    {
        FeatureMatrix small = MadeFeatures.Clustered(_small.Rows, _small.Dimension, 300, seed: 3);
        FeatureMatrix large = MadeFeatures.Clustered(_large.Rows, _large.Dimension, 300, seed: 4);
        List<string> said = [];
        ComputeOptions auto = new() { Log = said.Add, Warn = warning => said.Add($"warning: {warning}") };

        // Auto's own device is opened before the memory is gone.
        _ = BackendSelector.OfMachine.For(auto).FindNeighbors(null, small, NeighborCount, auto);
        said.Clear();
        lock (context.Device.Gate)
        {
            context.Device.Memory.FreeKept();
            using TakenMemory taken = new(context.Device.Accelerator.Bind, _left);
            string free = string.Create(CultureInfo.InvariantCulture, $"with {TakenMemory.Free():N0} bytes free");
            Try("memory taken by others: a refusal, or panels", () =>
            {
                (bool passes, string note) = RefusedOrInPanels(large);
                return (passes, $"{free}: {note}");
            });
            Try("memory taken by others: Auto falls back", () =>
            {
                NeighborGraph graph = BackendSelector.OfMachine.For(auto).FindNeighbors(null, large, NeighborCount, auto);
                string? how = said.Find(line => line.StartsWith("warning", StringComparison.Ordinal))
                    ?? said.Find(line => line.Contains("Device: CPU", StringComparison.Ordinal) || IsOfPanels(line));
                return (graph.VertexCount == large.RowCount && how is not null, $"{free}: {how ?? "not a word"}");
            });
        }

        Try("memory given back: the same job again", () =>
        {
            NeighborGraph found = context.Backend.FindNeighbors(null, large, NeighborCount, ComputeOptions.Default);
            return (found.VertexCount == large.RowCount, "it runs on the device");
        });
    }

    private static bool IsOfPanels(string line) => line.Contains("panels of", StringComparison.Ordinal);

    private (bool Passes, string Note) RefusedOrInPanels(FeatureMatrix gallery)
    {
        List<string> lines = [];
        (bool isRefused, string note) = Refused(
            () => context.Backend.FindNeighbors(null, gallery, NeighborCount, new ComputeOptions { Log = lines.Add }));
        return (isRefused || lines.Exists(IsOfPanels), isRefused ? note : string.Join("; ", lines));
    }

    private static (bool Passes, string Note) Refused(Action job)
    {
        try
        {
            job();
            return (false, "it was not refused");
        }
        catch (GnnReRankException refusal)
        {
            return (refusal.Kind == ErrorKind.TooLarge, $"{refusal.ErrorId}: {refusal.Message}");
        }
    }

    private void Try(string what, Func<(bool Passes, string Note)> check)
    {
        KitLine line;
        try
        {
            (bool passes, string note) = check();
            line = new KitLine(step, what, passes ? KitVerdict.Passed : KitVerdict.Failed, Note: note);
        }
        catch (Exception error)
        {
            line = new KitLine(step, what, KitVerdict.Failed, Note: $"{error.GetType().Name}: {error.Message}");
        }

        context.Report.Add(line);
    }
}
