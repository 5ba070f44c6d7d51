using System.Buffers.Binary;

namespace GnnReRank.Tests.Formats.BigAnn;

public sealed class BigAnnTests
{
    [Fact]
    public void ReadsAllFiveFormats()
    {
        Formulas.AssertFeatures(Read("plain.fbin"), 6, 5, Formulas.Feature);
        Formulas.AssertFeatures(Read("plain.f16bin"), 6, 5, Formulas.Feature);
        Formulas.AssertFeatures(Read("plain.ibin"), 6, 5, Formulas.Integer);
        Formulas.AssertFeatures(Read("plain.u8bin"), 6, 5, Formulas.Integer);
        Formulas.AssertFeatures(Read("plain.i8bin"), 6, 5, (row, column) => Formulas.Integer(row, column) - 11);
    }

    [Theory]
    [InlineData("plain.fbin", FeatureElementType.Float32)]
    [InlineData("plain.f16bin", FeatureElementType.Float16)]
    public void FeaturesMayStayInTheFile(string file, FeatureElementType type)
    {
        FeatureMatrix mapped = Read(file, new FeatureReadOptions { MemoryMapped = true });
        Assert.True(mapped.IsMemoryMapped);
        Assert.Equal(type, mapped.ElementType);
        Formulas.AssertFeatures(mapped, 6, 5, Formulas.Feature);
    }

    [Theory]
    [InlineData("graph.ibin")]
    [InlineData("pair.ibin")]
    public void NeighboursAndDistancesMakeAGraph(string file)
    {
        double[] angles = [0.0, 0.2, 0.5, 1.1, 1.9, 3.0];
        NeighborGraph graph = GraphFile.Read(TestPaths.Data("vectors", file), scoreKind: GraphScoreKind.SquaredL2);
        Assert.Equal((6, 3), (graph.VertexCount, graph.NeighborCount));
        for (int vertex = 0; vertex < 6; vertex++)
        {
            int[] nearest = [.. Enumerable.Range(0, 6).OrderBy(other => Math.Abs(angles[vertex] - angles[other])).Take(3)];
            Assert.Equal(nearest, graph.GetNeighbors(vertex));
            Assert.All(nearest.Zip(graph.GetScores(vertex)), pair => Assert.Equal(Math.Cos(angles[vertex] - angles[pair.First]), pair.Second, 1e-6));
        }
    }

    [Fact]
    public void NeighboursWithDistancesAreNoFeatures()
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("vectors", "graph.ibin"));
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains("Import-NeighborGraph", error.Message);
    }

    [Theory]
    [InlineData(2, 3, 5)]
    [InlineData(2, 3, 7)]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF, 1)]
    [InlineData(0x80000001, 2, 1)]
    [InlineData(0, 3, 0)]
    [InlineData(3, 0, 0)]
    public void RefusesWhatTheFirstBytesDoNotClaimWithoutTakingMemory(uint rows, uint columns, int values)
    {
        byte[] bytes = new byte[8 + (4 * values)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, rows);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), columns);
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.fbin"], bytes);
        Allocation.AssertBelow(4 << 20, () => Assert.Contains("a.fbin", Formulas.Refused(folder["a.fbin"]).Message));
    }

    [Fact]
    public void RefusesFilesCutAtEveryLength()
    {
        using TemporaryFolder folder = new();
        foreach (string file in (string[])["plain.fbin", "graph.ibin"])
        {
            byte[] valid = File.ReadAllBytes(TestPaths.Data("vectors", file));
            string path = folder[file];

            // Cut to its neighbours alone, a graph file lacks the distances beside it.
            for (int length = 0; length < valid.Length; length++)
            {
                File.WriteAllBytes(path, valid[..length]);
                Assert.Throws<GnnReRankException>(() => _ = file == "plain.fbin" ? (object)FeatureFile.Read(path) : GraphFile.Read(path));
            }
        }
    }

    private static FeatureMatrix Read(string file, FeatureReadOptions? options = null) =>
        Assert.Single(FeatureFile.Read(TestPaths.Data("vectors", file), options).Matrices);
}
