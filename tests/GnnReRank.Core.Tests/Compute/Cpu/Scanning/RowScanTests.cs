using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scanning;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Tests.Compute.Cpu.Scanning;

/// <summary>A list may be found by tiles or by a scan, and near ties must fall alike.</summary>
public sealed unsafe class RowScanTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 15, 2)]
    [InlineData(16, 64, 3)]
    [InlineData(17, 65, 8)]
    [InlineData(64, 130, 5)]
    [InlineData(67, 63, 4)]
    [InlineData(600, 200, 8)]
    public void GivesTheBitsOfTiles(int dimension, int rowCount, int queryCount)
    {
        FeatureMatrix query = MadeFeatures.Random(queryCount, dimension, seed: 1);
        FeatureMatrix first = MadeFeatures.Clustered(rowCount, dimension, 4, seed: 2);
        FeatureMatrix second = MadeFeatures.Random(rowCount, dimension, seed: 3);
        using VertexRows queries = new(null, query);
        using VertexRows rows = new(first, second);
        int count = 2 * rowCount;
        using NativeBuffer<float> cosines = new((long)queryCount * count);
        using (RowScan scan = new(queries, rows))
        {
            scan.TakeQueries(0, queryCount);
            scan.Multiply(0, rowCount / 2, cosines.Pointer, count, CancellationToken.None);
            scan.Multiply(rowCount / 2, count, cosines.Pointer, count, CancellationToken.None);
        }

        NeighborGraph graph = NeighborSearch.Build(query, FeatureJoiner.Append([first, second]), queryCount + count);
        for (int i = 0; i < queryCount; i++)
        {
            foreach ((int vertex, float score) in graph.GetNeighbors(i).Zip(graph.GetScores(i)).Where(pair => pair.First >= queryCount))
            {
                Assert.Equal(
                    BitConverter.SingleToInt32Bits(score + 0f),
                    BitConverter.SingleToInt32Bits(cosines.Pointer[(i * count) + vertex - queryCount] + 0f));
            }
        }
    }
}
