using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Tests.Compute.Gpu;
using ILGPU.Runtime;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>
/// How far the scores that tiles offer lie from float64, on rows that make sums err in different ways, beside the bound
/// that the search relies on; and how far they lie from the sums of the rounded rows alone.
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
        foreach (int dimension in lines.Context.IsSmall ? (int[])[64] : [512, 2_048])
        {
            foreach (string kind in (string[])["random", "all positive", "spiky", "equal"])
            {
                string what = FormattableString.Invariant($"{kind} rows x {dimension}");
                lines.Try($"scores beside float64: {what}", () => Add(what, kind, dimension, usesTensorCores));
            }
        }
    }

    private void Add(string what, string kind, int dimension, bool usesTensorCores)
    {
        FeatureMatrix matrix = new(Values(kind, dimension), Rows, dimension);
        using DeviceFeatures features = DeviceFeatures.Upload(Device, null, matrix, ComputeOptions.Default);
        using ISearchTiles tiles = usesTensorCores ? new TensorSearchTiles(Device, features)
            : lines.Context.IsSmall ? new RoundedSearchTiles(Device, features)
            : new ExactSearchTiles(Device, features);
        List<(int Row, int Other, float Score)> offered = Offered(features, tiles);
        float[] rows = features.Rows.GetAsArray();
        double bound = tiles.Bound > 0 ? tiles.Bound : 1.001 * (dimension + 1) / (1 << 24);
        string of = tiles.Bound > 0 ? "of the bound of a score" : "of the bound of float32 sums";
        Tell($"scores beside float64: {what}", tiles.Name, offered, Largest(offered, rows, features.Stride), bound, of);
        if (tiles.Bound == 0)
        {
            return;
        }

        // The halves' own sums: what rounding the rows may change, and the chain of float32, are no part of this bound.
        float[] halves = [.. rows.Select(value => (float)(Half)(value * DeviceHalf.Scale) / DeviceHalf.Scale)];
        Tell(
            $"sums of halves beside float64: {what}", tiles.Name, offered,
            Largest(offered, halves, features.Stride), HalfBound.OfSum(dimension), "of HalfBound.OfSum");
    }

    private void Tell(
        string what, string method, List<(int Row, int Other, float Score)> offered, double largest, double bound,
        string unit) => lines.Check(
            what, offered.Count == Rows * (Rows - 1) && largest <= bound,
            FormattableString.Invariant(
                $"{method}: {offered.Count:N0} scores, off by {largest:0.00e0} at most, bound {bound:0.00e0}"),
            largest / bound, unit);

    private List<(int Row, int Other, float Score)> Offered(DeviceFeatures features, ISearchTiles tiles)
    {
        using SearchLists lists = new(Device, Rows, 1, 0);
        tiles.Launch(lists, 0, TileMap.LastOffset(features.BlockCount) + 1);
        Device.Synchronize();
        TileArguments<float> arguments = lists.TilesOf(features.Rows, features.Stride, features.BlockCount);
        int[] counts = arguments.Counts.GetAsArray();
        ulong[] queue = arguments.Queue.GetAsArray();
        List<(int Row, int Other, float Score)> offered = [];
        for (int row = 0; row < Rows; row++)
        {
            int held = Math.Min(counts[row], arguments.Capacity);
            foreach (ulong key in queue.AsSpan(row * arguments.Capacity, held))
            {
                offered.Add((row, DeviceKey.IndexOfBest(key), DeviceKey.ScoreOfBest(key)));
            }
        }

        return offered;
    }

    /// <summary>How far a score lies from the float64 product of its rows, at most.</summary>
    private static double Largest(List<(int Row, int Other, float Score)> offered, float[] rows, int stride) =>
        offered.AsParallel().Max(pair =>
        {
            double difference = Math.Abs(pair.Score - Dot(rows, pair.Row, pair.Other, stride));

            // A score that is no number must not pass for a small difference.
            return double.IsNaN(difference) ? double.PositiveInfinity : difference;
        });

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
