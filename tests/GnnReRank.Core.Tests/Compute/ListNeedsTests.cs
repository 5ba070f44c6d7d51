using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Jobs;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Compute;

/// <summary>What one pass over all pairs finds beside the plain lists: lists by camera, and the least cosine of each row.</summary>
public sealed class ListNeedsTests
{
    private static readonly ListNeeds s_all = new(7) { OwnCameraCount = 5, OtherCamerasCount = 9, LeastCosines = true };

    public static TheoryData<string> Backends => TestBackends.ProcessorNames;

    /// <summary>Rows with cameras: as many as there are, one for all, one each, and some with fewer rows than are asked for.</summary>
    private static IEnumerable<(FeatureMatrix? Query, FeatureMatrix Gallery)> Sets
    {
        get
        {
            foreach (Func<int, int> camera in (Func<int, int>[])[row => row * 5 / 3 % 4, _ => 6, row => row, row => row < 3 ? -1 : row < 5 ? 7 : row % 3])
            {
                yield return (Seen(MadeFeatures.Clustered(61, 17, 9, seed: 1), camera), Seen(MadeFeatures.Clustered(190, 17, 9, seed: 2), camera));
                yield return (null, Seen(MadeFeatures.WithDuplicatesAndZeros(230, 6, seed: 5), camera));
                yield return (Seen(MadeFeatures.ExactlyTied(15, 7, seed: 6), camera), Seen(MadeFeatures.ExactlyTied(210, 7, seed: 7), camera));
                yield return (Seen(MadeFeatures.Random(1, 3, seed: 8), camera), Seen(MadeFeatures.Random(7, 3, seed: 9), camera));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void FindsWhatSortingWholeRowsFinds(string backend)
    {
        foreach ((FeatureMatrix? query, FeatureMatrix gallery) in Sets)
        {
            double[,] similarities = DenseOracle.Similarities(query, gallery);
            int[] cameras = [.. query?.Cameras ?? [], .. gallery.Cameras!];
            GraphLists found = TestBackends.Named(backend).FindLists(query, gallery, null, s_all, ComputeOptions.Default);
            AssertLists(ListOracle.Others(similarities), similarities, found.Graph, 7);
            AssertLists(ListOracle.Others(similarities, (i, j) => cameras[i] == cameras[j]), similarities, found.OwnCamera!, 5);
            AssertLists(ListOracle.Others(similarities, (i, j) => cameras[i] != cameras[j]), similarities, found.OtherCameras!, 9);
            AssertLeast(similarities, found.LeastCosines!);
        }
    }

    [Fact]
    public void FindsNothingThatIsNotAskedFor()
    {
        foreach ((FeatureMatrix? query, FeatureMatrix gallery) in Sets)
        {
            GraphLists all = CpuBackend.Default.FindLists(query, gallery, null, s_all, ComputeOptions.Default);
            GraphLists least = Find(s_all with { OwnCameraCount = 0, OtherCamerasCount = 0 });
            AssertSame(all.Graph, least.Graph);
            Assert.Null(least.OwnCamera);
            Assert.Null(least.OtherCameras);
            Assert.Equal(all.LeastCosines, least.LeastCosines);
            GraphLists own = Find(new ListNeeds(0) { OwnCameraCount = 5 });
            AssertSame(all.OwnCamera!, own.OwnCamera!);
            Assert.Null(own.OtherCameras);
            Assert.Null(own.LeastCosines);
            GraphLists others = Find(new ListNeeds(3) { OtherCamerasCount = 9 });
            AssertSame(all.OtherCameras!, others.OtherCameras!);
            Assert.Equal(3, others.Graph.NeighborCount);
            Assert.Null(others.OwnCamera);

            GraphLists Find(ListNeeds needs) => CpuBackend.Default.FindLists(query, gallery, null, needs, ComputeOptions.Default);
        }
    }

    [Fact]
    public void TakesThePlainListsThatAreThereAsTheyAre()
    {
        (FeatureMatrix? query, FeatureMatrix gallery) = Sets.First();
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 4);
        GraphLists found = CpuBackend.Default.FindLists(query, gallery, graph, s_all, ComputeOptions.Default);
        Assert.Same(graph, found.Graph);
        AssertSame(CpuBackend.Default.FindLists(query, gallery, null, s_all, ComputeOptions.Default), found with { Graph = NeighborSearch.Build(query, gallery, 7) });
        Assert.Same(graph, CpuBackend.Default.FindLists(query, gallery, graph, new ListNeeds(4), ComputeOptions.Default).Graph);
    }

    [Fact]
    public void ListsOfACameraAreNoLongerThanThereAreRows()
    {
        FeatureMatrix matrix = Seen(MadeFeatures.Random(6, 3, seed: 9), row => row % 2);
        ListNeeds needs = new(0) { OwnCameraCount = int.MaxValue, OtherCamerasCount = 1_000_000_000 };
        GraphLists found = CpuBackend.Default.FindLists(null, matrix, null, needs, ComputeOptions.Default);
        Assert.Equal(6, found.OwnCamera!.NeighborCount);
        Assert.Equal(6, found.OtherCameras!.NeighborCount);
        Assert.Equal(3, found.OwnCamera.GetNeighbors(0).Length);
        Assert.Equal(4, found.OtherCameras.GetNeighbors(0).Length);
    }

    [Fact]
    public void GivesTheSameBitsOnEveryKernelAndNumberOfThreads()
    {
        Func<int, int> camera = row => row * 5 / 3 % 4;
        FeatureMatrix query = Seen(MadeFeatures.Clustered(210, 20, 30, seed: 16), camera);
        FeatureMatrix gallery = Seen(MadeFeatures.WithDuplicatesAndZeros(400, 20, seed: 17), camera);
        GraphLists expected = CpuBackend.Default.FindLists(query, gallery, null, s_all, new ComputeOptions { ThrottleLimit = 1 });
        foreach (string backend in TestBackends.ProcessorNames.Select(row => row.Data))
        {
            foreach (int threads in (int[])[1, 2, 5])
            {
                AssertSame(
                    expected,
                    TestBackends.Named(backend).FindLists(query, gallery, null, s_all, new ComputeOptions { ThrottleLimit = threads }));
            }
        }
    }

    private static FeatureMatrix Seen(FeatureMatrix matrix, Func<int, int> camera) => MadeFeatures.WithCameras(matrix, camera);

    /// <summary>The vertex itself, then the best of the others, near-ties in any order; -1 behind the last there is.</summary>
    private static void AssertLists(int[][] others, double[,] similarities, NeighborGraph found, int count)
    {
        int vertices = similarities.GetLength(0);
        Assert.Equal(vertices, found.VertexCount);
        for (int vertex = 0; vertex < vertices; vertex++)
        {
            ReadOnlySpan<int> list = found.GetNeighborSpan(vertex);
            ReadOnlySpan<float> scores = found.GetScoreSpan(vertex);
            int length = Math.Min(count, 1 + others[vertex].Length);
            Assert.Equal(vertex, list[0]);
            Assert.Equal(similarities[vertex, vertex], scores[0], NearTies.Tolerance);
            Assert.All(list[length..].ToArray(), row => Assert.Equal(-1, row));
            Assert.All(scores[length..].ToArray(), score => Assert.Equal(0f, score));
            double[] exact = [.. Enumerable.Range(0, vertices).Select(other => double.NegativeInfinity)];
            foreach (int other in others[vertex])
            {
                exact[other] = similarities[vertex, other];
            }

            NearTies.AssertTopList(exact, list[1..length], scores[1..length]);
        }
    }

    private static void AssertLeast(double[,] similarities, float[] found)
    {
        for (int vertex = 0; vertex < found.Length; vertex++)
        {
            double least = Enumerable.Range(0, found.Length).Where(other => other != vertex).Min(other => similarities[vertex, other]);
            Assert.Equal(least, found[vertex], NearTies.Tolerance);
        }
    }

    private static void AssertSame(GraphLists expected, GraphLists found)
    {
        AssertSame(expected.Graph, found.Graph);
        AssertSame(expected.OwnCamera!, found.OwnCamera!);
        AssertSame(expected.OtherCameras!, found.OtherCameras!);
        Assert.Equal(expected.LeastCosines!.Select(BitConverter.SingleToInt32Bits), found.LeastCosines!.Select(BitConverter.SingleToInt32Bits));
    }

    private static void AssertSame(NeighborGraph expected, NeighborGraph found)
    {
        Assert.Equal(expected.IndexSpan, found.IndexSpan);
        Assert.Equal(expected.ScoreSpan, found.ScoreSpan);
    }
}
