using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using ILGPU.Runtime;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>
/// How far the scores that tiles offer lie from float64, on rows that make sums err in different ways, beside the bound
/// that the search relies on.
/// </summary>
/// <param name="lines">Receive the errors.</param>
internal sealed class ScoreErrors(StepLines lines)
{
    // Fewer than a queue holds: every pair is offered, and none lost.
    private const int Rows = 300;
    private const int Seed = 20;

    private GpuDevice Device => lines.Context.Device;

    public void Run(bool usesTensorCores)
    {
        foreach (int dimension in lines.Context.Emulates ? (int[])[64] : [512, 2_048])
        {
            foreach (string kind in (string[])["random", "all positive", "spiky", "equal"])
            {
                string what = FormattableString.Invariant($"scores beside float64: {kind} rows x {dimension}");
                lines.Try(what, () => Add(what, kind, dimension, usesTensorCores));
            }
        }
    }

    private void Add(string what, string kind, int dimension, bool usesTensorCores)
    {
        FeatureMatrix matrix = new(Values(kind, dimension), Rows, dimension);
        using DeviceFeatures features = DeviceFeatures.Upload(Device, null, matrix, ComputeOptions.Default);
        using ISearchTiles tiles = usesTensorCores
            ? new TensorSearchTiles(Device, features) : new ExactSearchTiles(Device, features);
        double bound = tiles.Bound > 0 ? tiles.Bound : 1.001 * (dimension + 1) / (1 << 24);
        (int pairs, double largest) = Errors(features, tiles);
        string unit = usesTensorCores ? "of HalfBound" : "of the bound of float32 sums";
        lines.Check(
            what, pairs == Rows * (Rows - 1) && largest <= bound,
            FormattableString.Invariant(
                $"{tiles.Name}: {pairs:N0} scores, off by {largest:0.00e0} at most, bound {bound:0.00e0}"),
            largest / bound, unit);
    }

    private (int Pairs, double Largest) Errors(DeviceFeatures features, ISearchTiles tiles)
    {
        using SearchLists lists = new(Device, Rows, 1, 0);
        tiles.Launch(lists, 0, TileMap.LastOffset(features.BlockCount) + 1);
        Device.Synchronize();
        TileArguments<float> arguments = lists.TilesOf(features.Rows, features.Stride, features.BlockCount);
        int[] counts = arguments.Counts.GetAsArray();
        ulong[] queue = arguments.Queue.GetAsArray();
        float[] rows = features.Rows.GetAsArray();
        int pairs = 0;
        double largest = 0;
        for (int row = 0; row < Rows; row++)
        {
            int held = Math.Min(counts[row], arguments.Capacity);
            pairs += held;
            foreach (ulong key in queue.AsSpan(row * arguments.Capacity, held))
            {
                double expected = Dot(rows, row, DeviceKey.IndexOfBest(key), features.Stride);
                double difference = Math.Abs(DeviceKey.ScoreOfBest(key) - expected);

                // A score that is no number must not pass for a small difference.
                largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
            }
        }

        return (pairs, largest);
    }

    private static double Dot(float[] rows, int x, int y, int stride)
    {
        double sum = 0;
        for (int at = 0; at < stride; at++)
        {
            sum += (double)rows[(x * stride) + at] * rows[(y * stride) + at];
        }

        return sum;
    }

    private static float[] Values(string kind, int dimension)
    {
        Random random = new(Seed);
        float[] values = new float[Rows * dimension];
        for (int at = 0; at < values.Length; at++)
        {
            values[at] = kind switch
            {
                "random" => random.NextSingle() - 0.5f,
                "all positive" => random.NextSingle(),

                // A large value among many small ones: what is added after it is cut by it.
                "spiky" => at % dimension == at / dimension % 7 ? 1f : (random.NextSingle() - 0.5f) / 64,
                _ => 1f + ((at % dimension) / (float)dimension),
            };
        }

        return values;
    }
}
