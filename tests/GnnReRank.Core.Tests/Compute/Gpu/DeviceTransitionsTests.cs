using System.Text.RegularExpressions;
using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Walks;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Walks;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Diffusion;
using GnnReRank.Tests.Oracle;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The matrix of a walk, made on a device.</summary>
public sealed class DeviceTransitionsTests
{
    private static readonly DiffusionSettings s_settings = new() { Neighbors = 4, ScaleNeighbors = 7 };

    [Theory]
    [InlineData(70, 400)]
    [InlineData(1, 200)]
    public void IsWhatItsDefinitionGives(int queries, int gallery) => AssertMatrix(
        NeighborSearch.Build(
            MadeFeatures.Clustered(queries, 12, 9, seed: 1), MadeFeatures.Clustered(gallery, 12, 9, seed: 2), 8),
        s_settings);

    [Fact]
    public void SaysOfItsEdgesWhatTheProcessorSays()
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        FeatureMatrix query = MadeFeatures.Clustered(70, 12, 9, seed: 1);
        FeatureMatrix gallery = MadeFeatures.Clustered(400, 12, 9, seed: 2);
        string[] said = new string[2];
        IComputeBackend[] backends = [CpuBackend.Default, GpuTestDevices.BackendOf(device)];
        for (int at = 0; at < said.Length; at++)
        {
            List<string> lines = [];
            _ = new DiffusionReRanker(s_settings, backends[at])
                .ReRank(query, gallery, null, new ComputeOptions { Log = lines.Add });
            said[at] = Assert.Single(lines, line => line.Contains("edges each", StringComparison.Ordinal));
        }

        const string words = @"470 vertices, [0-9.]+ edges each";
        Assert.Equal(Regex.Match(said[0], words).Value, Regex.Match(said[1], words).Value);
        Assert.Matches(words, said[0]);
    }

    [Fact]
    public void RowsOfManyEdgesAreTheProcessors()
    {
        // All name vertex 5 first, and then whoever comes next: its row has more entries than a group's memory.
        const int count = TransitionKernels.MostEntries + 40;
        int[] indices =
        [
            .. Enumerable.Range(0, count)
                .SelectMany(i => new[] { i, i == 5 ? 6 : 5, (i + 9) % count == 5 ? 7 : (i + 9) % count }),
        ];
        float[] scores = [.. Enumerable.Range(0, count).SelectMany(i => new[] { 1f, 0.75f, 0.5f })];
        FeatureMatrix query = MadeFeatures.Random(3, 4, seed: 3);
        FeatureMatrix rows = MadeFeatures.Random(count - 3, 4, seed: 4);
        AssertMatrix(
            new NeighborGraph(indices, scores, count, 3, query, rows),
            s_settings with { Neighbors = 2, ScaleNeighbors = 2 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-9)]
    [InlineData(-0.5)]
    [InlineData(-3.25)]
    [InlineData(-40)]
    [InlineData(-700.5)]
    [InlineData(-710.25)]
    [InlineData(-744)]
    [InlineData(-746)]
    [InlineData(-1e9)]
    public void PowersAreRightToTheirLastBits(double x)
    {
        double exact = Math.Exp(x);
        Assert.Equal(exact, WalkExp.Of(x), (4e-16 * exact) + double.Epsilon);
    }

    private static void AssertMatrix(NeighborGraph graph, DiffusionSettings settings)
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        (int[] Offsets, int[] Lengths, int[] Columns, float[] Values) found;
        lock (device.Gate)
        {
            using DeviceGraph uploaded = new(device, graph.VertexCount, graph.NeighborCount);
            uploaded.Indices.CopyFromCPU([.. graph.IndexSpan]);
            uploaded.Scores.CopyFromCPU([.. graph.ScoreSpan]);
            using DeviceTransitions matrix = DeviceTransitions.Of(
                device, uploaded, graph.Query!.RowCount, DiffusionRecipe.Of(settings), ComputeOptions.Default);
            WalkArguments made = matrix.ToArguments();
            found = (Copy(made.Offsets), Copy(made.Lengths), Copy(made.Columns), Copy(made.Values));
        }

        AssertRows(WalkOracle.Transitions(graph, settings), 1 - settings.Restart, found);
    }

    /// <summary>Every row's columns, ascending, and values.</summary>
    internal static void AssertRows(
        double[,] exact, double share, (int[] Offsets, int[] Lengths, int[] Columns, float[] Values) found)
    {
        int count = exact.GetLength(0);
        for (int row = 0; row < count; row++)
        {
            int[] columns = [.. Enumerable.Range(0, count).Where(column => exact[row, column] > 0)];
            Assert.Equal(columns, found.Columns.AsSpan(found.Offsets[row], found.Lengths[row]).ToArray());
            for (int entry = 0; entry < columns.Length; entry++)
            {
                double expected = share * exact[row, columns[entry]];
                Assert.Equal(expected, found.Values[found.Offsets[row] + entry], 1e-7 * expected);
            }
        }
    }

    private static T[] Copy<T>(ArrayView<T> view)
        where T : unmanaged
    {
        T[] values = new T[view.Length];
        Span<T> target = values;
        view.CopyToCPU(in target);
        return values;
    }
}
