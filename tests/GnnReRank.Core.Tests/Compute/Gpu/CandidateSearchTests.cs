using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Rows;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Candidates from rounded rows, scored again: the graph must be that of the float32 tiles, bit for bit.</summary>
public sealed class CandidateSearchTests
{
    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(130, 17, 26)]
    [InlineData(700, 96, 26)]
    [InlineData(900, 33, 200)]
    public void GivesTheGraphOfTheExactSearch(int rows, int dimension, int neighborCount)
    {
        AssertSame(MadeFeatures.Random(rows, dimension, seed: 1), neighborCount);
        AssertSame(MadeFeatures.Clustered(rows, dimension, 15, seed: 2), neighborCount);
    }

    [Fact]
    public void ComparesARowWithAllOthersWhereItHasTooManyNearTies()
    {
        // Row 0 has the same cosine with all others but for the last digits; the others lie far from each other.
        Random random = new(4);
        float[] values = new float[400 * 200];
        for (int row = 0; row < 400; row++)
        {
            double[] own = [.. Enumerable.Range(0, 199).Select(_ => random.NextDouble() - 0.5)];
            double norm = Math.Sqrt(own.Sum(value => value * value));
            values[row * 200] = row == 0 ? 1 : 0.6f;
            for (int column = 1; column < 200 && row > 0; column++)
            {
                values[(row * 200) + column] = (float)(0.8 * own[column - 1] / norm);
            }
        }

        AssertSame(new FeatureMatrix(values, 400, 200), 26);
    }

    [Fact]
    public void SaysWhenManyRowsHaveTooManyNearTies()
    {
        Random random = new(5);
        float[] values = [.. Enumerable.Range(0, 300 * 50).Select(at => (float)(Math.Sin(at % 50) + (1e-5 * random.NextDouble())))];
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            List<string> lines = [];
            using DeviceFeatures features = DeviceFeatures.Upload(device, null, new FeatureMatrix(values, 300, 50), ComputeOptions.Default);
            using DeviceGraph graph = new(device, 300, 26);
            using RoundedSearchTiles tiles = new(device, features);
            Assert.False(new GpuNeighborStage(device, features, graph, new ComputeOptions { Log = lines.Add }).TrySearch(tiles));
            Assert.Contains("near ties", Assert.Single(lines));
        }
    }

    [Fact]
    public void FastTakesTheCandidatesAsTheyAre()
    {
        FeatureMatrix gallery = MadeFeatures.Clustered(300, 40, 9, seed: 6);
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            using DeviceFeatures features = DeviceFeatures.Upload(device, null, gallery, ComputeOptions.Default);
            using DeviceGraph graph = new(device, 300, 12);
            using RoundedSearchTiles tiles = new(device, features);
            ComputeOptions fast = new() { Precision = ComputePrecision.Fast };
            Assert.True(new GpuNeighborStage(device, features, graph, fast).TrySearch(tiles));
            NeighborGraph exact = NeighborSearch.Build(null, gallery, 12, new ComputeOptions { Device = "Cpu" });
            float[] scores = graph.ToScores();
            bool differs = false;
            for (int place = 0; place < scores.Length; place++)
            {
                float expected = exact.GetScoreSpan(place / 12)[place % 12];
                Assert.Equal(expected, scores[place], tiles.Bound);
                differs |= expected != scores[place];
            }

            Assert.True(differs);
        }
    }

    private static void AssertSame(FeatureMatrix gallery, int neighborCount)
    {
        GpuDevice device = GpuTestDevices.Named(GpuTestDevices.PoclName);
        lock (device.Gate)
        {
            using DeviceFeatures features = DeviceFeatures.Upload(device, null, gallery, ComputeOptions.Default);
            using DeviceGraph expected = new(device, gallery.RowCount, neighborCount);
            using DeviceGraph found = new(device, gallery.RowCount, neighborCount);
            using ExactSearchTiles exact = new(device, features);
            using RoundedSearchTiles rounded = new(device, features);
            Assert.True(new GpuNeighborStage(device, features, expected, ComputeOptions.Default).TrySearch(exact));
            Assert.True(new GpuNeighborStage(device, features, found, ComputeOptions.Default).TrySearch(rounded));
            Assert.True(rounded.LaunchCount > 0);
            Assert.Equal(expected.ToIndices(), found.ToIndices());
            Assert.Equal(expected.ToScores(), found.ToScores());
        }
    }
}
