using System.Collections;
using System.Reflection;
using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Tests.Oracle;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>What a device does beyond the conformance tests of every backend.</summary>
public sealed class GpuBackendTests
{
    private static readonly GnnReRankSettings s_small = new() { K1 = 8, K2 = 4 };

    private static readonly FeatureMatrix s_query = MadeFeatures.Clustered(20, 12, 6, seed: 1);
    private static readonly FeatureMatrix s_gallery = MadeFeatures.Clustered(90, 12, 6, seed: 2);

    [Fact]
    public void BringsRowsAndGraphUpOnce()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            GpuBackend backend = GpuTestDevices.BackendOf(device);
            List<string> lines = [];
            ComputeOptions options = new() { Log = lines.Add };
            FeatureMatrix query = MadeFeatures.Clustered(20, 12, 6, seed: 3);
            NeighborGraph graph = NeighborSearch.Build(query, s_gallery, 8, options, backend);
            _ = new GnnReRanker(s_small, backend).ReRank(graph, null, options);
            _ = new GnnReRanker(s_small, backend).ReRank(graph, null, options);
            _ = CosineRanker.Rank(query, s_gallery, null, options, backend);
            Assert.Single(lines, line => line.StartsWith("Copying to the device", StringComparison.Ordinal));
            _ = CosineRanker.Rank(s_query, s_gallery, null, options, backend);
            Assert.Equal(2, lines.Count(line => line.StartsWith("Copying to the device", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void DoesNotTakeOtherRowsForThoseItHas()
    {
        GpuBackend backend = Pocl();
        NeighborGraph withQueries = NeighborSearch.Build(s_query, s_gallery, 5, null, backend);
        NeighborGraph without = NeighborSearch.Build(null, s_gallery, 5, null, backend);
        Assert.Equal(110, withQueries.VertexCount);
        Assert.Equal(90, without.VertexCount);

        // A graph of the same rows that another program made.
        int[] indices = [.. Enumerable.Range(0, 110).SelectMany(vertex => new[] { vertex, (vertex + 1) % 110 })];
        float[] scores = [.. Enumerable.Repeat(new[] { 1f, 0.5f }, 110).SelectMany(pair => pair)];
        NeighborGraph foreign = new(indices, scores, 110, 2, s_query, s_gallery);
        GnnReRankSettings settings = new() { K1 = 2, K2 = 2 };
        Ranking ranking = new GnnReRanker(settings, backend).ReRank(foreign);
        double[,] exact = DenseOracle.GnnScores(foreign, settings, DenseOracle.Similarities(s_query, s_gallery));
        for (int q = 0; q < 20; q++)
        {
            NearTies.AssertTopList([.. Enumerable.Range(0, 90).Select(g => exact[q, g])], ranking.GetIndexSpan(q), ranking.GetScoreSpan(q));
        }
    }

    [Fact]
    public void AHundredCallsLeaveNothingOnTheDevice()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            GpuBackend backend = GpuTestDevices.BackendOf(device);
            GnnReRanker reRanker = new(s_small, backend);
            (int Rented, int Idle, long RentedBytes, long KeptBytes) after = default;
            for (int call = 0; call < 100; call++)
            {
                _ = reRanker.ReRank(s_query, s_gallery);
                NeighborGraph graph = NeighborSearch.Build(s_query, s_gallery, 8, null, backend);
                _ = reRanker.ReRank(graph, 5);
                after = call == 3 ? Held(device) : after;
            }

            // What stays is rows and a graph, and what lies idle, which other tests began.
            Assert.InRange(after.Rented, 1, 10);
            Assert.Equal(after, Held(device));
        }
    }

    [Fact]
    public void WhatEarlierCallsLeftInMemoryChangesNothing()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            GpuBackend backend = GpuTestDevices.BackendOf(device);
            ReRanker[] reRankers =
                [new GnnReRanker(s_small, backend), new DiffusionReRanker(new DiffusionSettings(), backend)];
            foreach (ReRanker reRanker in reRankers)
            {
                device.Memory.FreeKept();
                Ranking clean = reRanker.ReRank(s_query, s_gallery);
                Fill(device, 0xa5);
                Ranking stale = reRanker.ReRank(s_query, s_gallery);
                Assert.Equal(0, device.Memory.Kept.Count(buffer => buffer.IsDisposed));
                for (int q = 0; q < 20; q++)
                {
                    Assert.Equal(clean.GetIndices(q), stale.GetIndices(q));
                    Assert.Equal(clean.GetScores(q), stale.GetScores(q));
                }
            }
        }
    }

    [Fact]
    public void ACancelledCallLeavesTheDeviceReadyForTheNext()
    {
        GpuBackend backend = Pocl();
        foreach (string stage in (string[])["Copying to the device", "Nearest neighbours", "Message passing", "Ranking"])
        {
            using CancellationTokenSource source = new();
            ComputeOptions options = new()
            {
                CancellationToken = source.Token,
                Progress = new ProgressCallback(progress =>
                {
                    if (progress.Stage == stage)
                    {
                        source.Cancel();
                    }
                }),
            };
            FeatureMatrix query = MadeFeatures.Clustered(20, 12, 6, seed: 7);
            Assert.ThrowsAny<OperationCanceledException>(() => new GnnReRanker(s_small, backend).ReRank(query, s_gallery, null, options));
            Ranking next = new GnnReRanker(s_small, backend).ReRank(query, s_gallery);
            Assert.Equal(20, next.QueryCount);
        }
    }

    [Theory]
    [InlineData(GnnVariant.Paper)]
    [InlineData(GnnVariant.Reference)]
    public void GivesTheSameBitsEveryTime(GnnVariant variant)
    {
        GnnReRanker reRanker = new(new GnnReRankSettings { Variant = variant }, Pocl());
        FeatureMatrix gallery = MadeFeatures.Clustered(500, 30, 25, seed: 8);
        FeatureMatrix query = MadeFeatures.Clustered(70, 30, 25, seed: 9);
        Ranking first = reRanker.ReRank(query, gallery);
        Ranking second = reRanker.ReRank(query, gallery);
        for (int q = 0; q < 70; q++)
        {
            Assert.Equal(first.GetIndices(q), second.GetIndices(q));
            Assert.Equal(first.GetScores(q), second.GetScores(q));
        }
    }

    private static GpuBackend Pocl() => GpuTestDevices.BackendOf(GpuTestDevices.Named(GpuTestDevices.PoclName));

    /// <summary>Writes a byte all over what lies idle on a device.</summary>
    private static void Fill(GpuDevice device, byte value)
    {
        Assert.NotEmpty(device.Memory.Kept);
        foreach (MemoryBuffer buffer in device.Memory.Kept)
        {
            buffer.MemSet(device.Accelerator.DefaultStream, value, 0, buffer.LengthInBytes);
        }
    }

    /// <summary>What callers hold, and all buffers that the accelerator still owns: ILGPU keeps a list of them.</summary>
    private static (int Rented, int Idle, long RentedBytes, long KeptBytes) Held(GpuDevice device)
    {
        FieldInfo field = typeof(Accelerator).GetField("childObjects", BindingFlags.NonPublic | BindingFlags.Instance)
            ?? throw new InvalidOperationException("ILGPU keeps its buffers elsewhere now.");
        MemoryBuffer[] live =
        [
            .. ((IEnumerable)field.GetValue(device.Accelerator)!).Cast<WeakReference<AcceleratorObject>>()
                .Select(reference => reference.TryGetTarget(out AcceleratorObject? child) ? child : null)
                .OfType<MemoryBuffer>()
                .Where(buffer => !buffer.IsDisposed),
        ];
        int rented = live.Count(buffer => buffer.GetType().Name.StartsWith("RentedBuffer", StringComparison.Ordinal));
        return (rented, live.Length - (2 * rented), device.Memory.RentedBytes, device.Memory.KeptBytes);
    }
}
