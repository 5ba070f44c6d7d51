using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Products;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>
/// Whether a device's tensor cores may make the cosines of a ranking. A driver decides what the kernel becomes, so
/// each device first makes some whose values are known: all within <see cref="SplitBound"/>, and equal rows with equal
/// cosines.
/// </summary>
internal static class SplitCheck
{
    // Three blocks of columns and two of rows, of each one that is not full, and a depth of some steps with a rest.
    public const int Queries = 150;
    public const int Gallery = 300;
    private const int Dimension = 100;
    private const int Seed = 9;

    // This row of the gallery is again at these places: in another warp, another half of a tile, another tile.
    private static readonly int[] s_equal = [3, 70, 77, 140, 299];

    /// <summary>Whether tensor cores are there and made the right cosines.</summary>
    public static bool Passes(GpuDevice device, ComputeOptions options) =>
        TensorProductKernel.IsSupported(device.Accelerator) && DeviceCheck.Passes(
            device, () => Check(device, options),
            error => options.Log?.Invoke(
                $"{device.Name}: its tensor cores failed in a check of cosines, and make none: {error.Message}"));

    /// <summary>Whether cosines of the check's rows, Queries x Gallery, are what they must be.</summary>
    /// <param name="rows">The normalised rows, from one to the next <paramref name="stride"/> values.</param>
    /// <param name="stride">Values from one row to the next.</param>
    /// <param name="cosines">The cosines.</param>
    public static bool AreRight(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> cosines)
    {
        double bound = SplitBound.Of(Dimension);
        for (int query = 0; query < Queries; query++)
        {
            ReadOnlySpan<float> row = cosines.Slice(query * Gallery, Gallery);
            for (int column = 0; column < Gallery; column++)
            {
                double exact = 0;
                for (int k = 0; k < Dimension; k++)
                {
                    exact += (double)rows[(query * stride) + k] * rows[((Queries + column) * stride) + k];
                }

                // Written so that NaN fails.
                if (!(Math.Abs(row[column] - exact) <= bound))
                {
                    return false;
                }
            }

            foreach (int place in s_equal)
            {
                if (row[place] != row[s_equal[0]])
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Queries and then gallery, some of which are equal.</summary>
    public static (FeatureMatrix Query, FeatureMatrix Gallery) MadeRows()
    {
        Random random = new(Seed);
        float[] query = [.. Enumerable.Range(0, Queries * Dimension).Select(_ => random.NextSingle() - 0.4f)];
        float[] gallery = [.. Enumerable.Range(0, Gallery * Dimension).Select(_ => random.NextSingle() - 0.4f)];
        foreach (int place in s_equal)
        {
            gallery.AsSpan(s_equal[0] * Dimension, Dimension).CopyTo(gallery.AsSpan(place * Dimension));
        }

        return (new FeatureMatrix(query, Queries, Dimension), new FeatureMatrix(gallery, Gallery, Dimension));
    }

    private static bool Check(GpuDevice device, ComputeOptions options)
    {
        ComputeOptions silent = new() { CancellationToken = options.CancellationToken };
        (FeatureMatrix query, FeatureMatrix gallery) = MadeRows();
        using DeviceFeatures features = DeviceFeatures.Upload(device, query, gallery, silent);
        using SplitFeatures split = new(device, features);
        using MemoryBuffer1D<float, Stride1D.Dense> cosines = device.Allocate<float>(Queries * Gallery);
        split.WriteCosines(device, 0, Queries, cosines.View.BaseView);
        float[] rows = new float[features.Count * features.Stride];
        features.Rows.SubView(0, rows.Length).CopyToCPU(rows);
        bool passes = AreRight(rows, features.Stride, cosines.GetAsArray1D());
        options.Log?.Invoke(passes
            ? $"{device.Name}: its tensor cores made the right cosines in a check, and are used for them."
            : $"{device.Name}: its tensor cores made wrong cosines in a check, and are not used for them.");
        return passes;
    }
}
