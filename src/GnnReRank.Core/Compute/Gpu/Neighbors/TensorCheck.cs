using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Rows;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>
/// Whether a device's tensor cores may be used. A driver decides what the kernel becomes, so each device first finds the neighbours of a
/// few rows in both ways; where the graphs differ it keeps to float32, and says so.
/// </summary>
internal static class TensorCheck
{
    // Three blocks of rows, one of them not full, and a depth of several steps with a rest.
    private const int Rows = 300;
    private const int Dimension = 200;
    private const int Seed = 8;

    /// <summary>Neighbours that are compared.</summary>
    public const int Neighbors = 12;

    /// <summary>Whether tensor cores are there and found what float32 found.</summary>
    public static bool Passes(GpuDevice device, ComputeOptions options) =>
        TensorTileKernel.IsSupported(device.Accelerator) && DeviceCheck.Passes(
            device, () => Check(device, options),
            error => options.Log?.Invoke(
                $"{device.Name}: its tensor cores failed in a check, and are not used: {error.Message}"));

    private static bool Check(GpuDevice device, ComputeOptions options)
    {
        ComputeOptions silent = new() { CancellationToken = options.CancellationToken };
        using DeviceFeatures features = DeviceFeatures.Upload(device, null, MadeRows(), silent);
        using DeviceGraph expected = new(device, Rows, Neighbors);
        using DeviceGraph found = new(device, Rows, Neighbors);
        using ExactSearchTiles exact = new(device, features);
        using TensorSearchTiles tensor = new(device, features);
        bool passes = new GpuNeighborStage(device, features, expected, silent).TrySearch(exact)
            && new GpuNeighborStage(device, features, found, silent).TrySearch(tensor)
            && expected.ToIndices().AsSpan().SequenceEqual(found.ToIndices());
        options.Log?.Invoke(passes
            ? $"{device.Name}: its tensor cores found the right neighbours in a check, and are used."
            : $"{device.Name}: its tensor cores found other neighbours than float32 in a check, and are not used.");
        return passes;
    }

    /// <summary>Rows whose neighbours are far from ties: how a driver rounds must not matter.</summary>
    public static FeatureMatrix MadeRows()
    {
        Random random = new(Seed);
        float[] values = new float[Rows * Dimension];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }

        return new FeatureMatrix(values, Rows, Dimension);
    }
}
