using GnnReRank.Compute.Gpu.Neighbors;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class TensorCheckTests
{
    [Fact]
    public void ItsRowsAreFarFromTies()
    {
        // One neighbour more: the last that counts must be clear of the first that does not.
        NeighborGraph graph = NeighborSearch.Build(null, TensorCheck.MadeRows(), TensorCheck.Neighbors + 1);
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            float[] scores = graph.GetScores(vertex);
            Assert.All(Enumerable.Range(1, TensorCheck.Neighbors), place => Assert.True(scores[place - 1] - scores[place] > 2e-6));
        }
    }

    [Fact]
    public void DevicesWithoutTensorCoresAreNotAsked()
    {
        List<string> lines = [];
        Assert.False(TensorCheck.Passes(GpuTestDevices.Emulated, new ComputeOptions { Log = lines.Add }));
        Assert.Empty(lines);
    }
}
