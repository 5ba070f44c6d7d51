using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Rows in panels give what rows on the device at once give, bit for bit.</summary>
public sealed class FeaturePanelsTests
{
    private static readonly ComputeOptions s_options = new();

    public static TheoryData<string, int> Cases()
    {
        TheoryData<string, int> cases = [];
        foreach (string features in (string[])["Random", "Clustered", "WithDuplicatesAndZeros", "ExactlyTied"])
        {
            cases.Add(features, 128);
            cases.Add(features, 256);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheGraphIsThatOfRowsAtOnce(string features, int panelRows)
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            FeatureMatrix query = Made(features, 300, seed: 1);
            FeatureMatrix gallery = Made(features, 1_111, seed: 2);
            using DeviceFeatures whole = DeviceFeatures.Upload(device, query, gallery, s_options);
            using FeaturePanels panels = new(device, query, gallery, panelRows, threads: 3);
            using DeviceGraph expected = GpuNeighborStage.Run(device, whole, 26, usesTensorCores: false, s_options);
            using DeviceGraph found = PanelNeighborStage.Run(device, panels, 26, s_options);
            Assert.Equal((1_411 + panelRows - 1) / panelRows, panels.PanelCount);
            Assert.Equal(Copy(expected.Indices), Copy(found.Indices));
            Assert.Equal(Bits(expected.Scores), Bits(found.Scores));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheCosinesAreThoseOfRowsAtOnce(string features, int panelRows)
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            FeatureMatrix query = Made(features, 700, seed: 1);
            FeatureMatrix gallery = Made(features, 801, seed: 2);
            using DeviceFeatures whole = DeviceFeatures.Upload(device, query, gallery, s_options);
            using FeaturePanels panels = new(device, query, gallery, panelRows, threads: 3);
            foreach ((int first, int count) in ((int, int)[])[(0, 31), (31, 600), (631, 69)])
            {
                Assert.Equal(Cosines(device, whole, first, count), Cosines(device, panels, first, count));
            }
        }
    }

    [Fact]
    public void MoreCandidatesOfOnePanelThanAQueueHolds()
    {
        const int half = 768;
        const int wanted = 9;
        Assert.True(SearchListSizes.For(wanted, hasMargin: false).Capacity < half);

        // The first half has 1 and 2 in a column of its own: cos 0.2 with its like, 0.45 with the second half, all of which is 1.
        float[] values = new float[2 * half * (half + 1)];
        for (int row = 0; row < 2 * half; row++)
        {
            values[row * (half + 1)] = 1;
            if (row < half)
            {
                values[(row * (half + 1)) + row + 1] = 2;
            }
        }

        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            using FeaturePanels panels = new(device, null, new FeatureMatrix(values, 2 * half, half + 1), half, threads: 1);
            using DeviceGraph graph = PanelNeighborStage.Run(device, panels, wanted + 1, s_options);
            int[] indices = Copy(graph.Indices);
            for (int row = 0; row < 2 * half; row++)
            {
                int[] others = [.. Enumerable.Range(half, wanted + 1).Where(other => other != row).Take(wanted)];
                Assert.Equal([row, .. others], indices[(row * (wanted + 1))..((row + 1) * (wanted + 1))]);
            }
        }
    }

    [Fact]
    public void ThreePanelsAreBroughtUpOnceAndStay()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            FeatureMatrix query = Made("Random", 50, seed: 1);
            FeatureMatrix gallery = Made("Random", 300, seed: 2);
            using FeaturePanels panels = new(device, query, gallery, 128, threads: 1);
            PanelNeighborStage.Run(device, panels, 5, s_options).Dispose();
            Cosines(device, panels, 0, 50);
            Assert.Equal(3, panels.UploadCount);
        }
    }

    private static FeatureMatrix Made(string features, int rows, int seed) => features switch
    {
        "Clustered" => MadeFeatures.Clustered(rows, 33, 7, seed),
        "WithDuplicatesAndZeros" => MadeFeatures.WithDuplicatesAndZeros(rows, 20, seed),
        "ExactlyTied" => MadeFeatures.ExactlyTied(rows, 16, seed),
        _ => MadeFeatures.Random(rows, 40, seed),
    };

    private static int[] Cosines(GpuDevice device, IFeatureRows rows, int first, int count)
    {
        using MemoryBuffer1D<float, Stride1D.Dense> cosines = device.AllocateZeros<float>((long)count * rows.GalleryCount);
        rows.WriteCosines(device, first, count, cosines.View.BaseView);
        return Bits(cosines.View.BaseView);
    }

    private static int[] Bits(ArrayView<float> view) => [.. Copy(view).Select(BitConverter.SingleToInt32Bits)];

    private static T[] Copy<T>(ArrayView<T> view)
        where T : unmanaged
    {
        T[] values = new T[view.Length];
        Span<T> target = values;
        view.CopyToCPU(in target);
        return values;
    }
}
