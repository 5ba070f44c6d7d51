using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>What the card itself does at most: a copy, and the products of half of S with nothing else.</summary>
/// <param name="lines">Receive the times.</param>
internal sealed class Ceilings(StepLines lines)
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(2);

    // Launches as long as these keep a call stoppable.
    private const int TilesPerLaunch = 1 << 13;

    private GpuDevice Device => lines.Context.Device;

    /// <summary>A copy from device to device: bytes read and written.</summary>
    public void Copy()
    {
        lines.Try("ceiling: copy on the device", () =>
        {
            long bytes = lines.Context.IsSmall ? 1L << 20 : 1L << 30;
            using MemoryBuffer1D<byte, Stride1D.Dense> source = Device.AllocateZeros<byte>(bytes);
            using MemoryBuffer1D<byte, Stride1D.Dense> target = Device.AllocateZeros<byte>(bytes);
            AcceleratorStream stream = Device.Accelerator.DefaultStream;
            StageTimes times = StageTimes.Of(
                Device, 3 * lines.Runs, s_budget, () => source.View.BaseView.CopyTo(stream, target.View.BaseView));
            StageFloor floor = StageFloor.Copy(bytes);
            lines.Time(
                "ceiling: copy on the device", times, floor.On(lines.Peaks),
                FormattableString.Invariant($"{floor.DeviceBytes / times.Median / 1e6:N0} GB/s, read and written"));
        });
    }

    /// <summary>The tiles' kernels with thresholds that no value passes: nothing is queued, nothing merged.</summary>
    public void Tiles(StageBench bench, KitShape shape)
    {
        if (bench.UsesTensorCores)
        {
            Add("tensor tiles alone", shape, bench.Features, () => new TensorSearchTiles(Device, bench.Features));
        }
        else
        {
            lines.Skip($"{shape.Name}: tensor tiles alone", "no tensor cores that passed their check");
        }

        Add("float32 tiles alone", shape, bench.Features, () => new ExactSearchTiles(Device, bench.Features));
    }

    private void Add(string name, KitShape shape, DeviceFeatures features, Func<ISearchTiles> make) =>
        lines.Try($"{shape.Name}: {name}", () =>
        {
            using ISearchTiles tiles = make();
            using SearchLists lists = new(Device, features.Count, shape.K1 - 1, tiles.Bound);
            TileArguments<float> arguments = lists.TilesOf(features.Rows, features.Stride, features.BlockCount);

            // Keys of a score of 1.7e38, which no cosine passes.
            arguments.Thresholds.MemSet(Device.Accelerator.DefaultStream, 0xfe);
            StageTimes times = StageTimes.Of(
                Device, lines.Runs, s_budget, () => All(tiles, lists, features.BlockCount));
            double operations = StageFloor.Neighbors(shape.Job).Operations;
            double? floor = tiles.Bound == 0
                ? operations / (lines.Peaks?.Single * 1e9)
                : StageFloor.Neighbors(shape.Job).On(lines.Peaks);
            lines.Time(
                $"{shape.Name}: {name}", times, floor,
                FormattableString.Invariant($"{operations / times.Median / 1e9:0.#} TFLOP/s of half of S"));
        });

    private static void All(ISearchTiles tiles, SearchLists lists, int blockCount)
    {
        int step = Math.Max(1, TilesPerLaunch / blockCount);
        int end = TileMap.LastOffset(blockCount) + 1;
        for (int offset = 0; offset < end; offset += step)
        {
            tiles.Launch(lists, offset, Math.Min(step, end - offset));
        }
    }
}
