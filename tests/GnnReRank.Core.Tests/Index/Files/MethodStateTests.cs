using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Indexing.Files;
using GnnReRank.Indexing.Methods;
using GnnReRank.Indexing.State;

namespace GnnReRank.Tests.Index.Files;

/// <summary>The arrays of a method's own come back from an index file as they were written.</summary>
public sealed class MethodStateTests : IDisposable
{
    private static readonly double[] s_weights = [.. Enumerable.Range(0, 300_000).Select(place => 1.0 / (place + 1))];

    private readonly TemporaryFolder _folder = new();

    public MethodStateTests()
    {
        FeatureMatrix rows = IndexSamples.Rows(60, 1);
        NeighborGraph graph = NeighborSearch.Build(null, rows, 40).WithMatrices(null, null);
        IndexSnapshot snapshot = new(new IndexRows(rows, null, null), graph, new FakeScoring(), Version: 0);
        using FileStream file = File.Create(FilePath);
        IndexContent.Write(
            new SectionWriter(file, _ => { }), snapshot, IndexMethod.OfDecided(new DiffusionSettings()),
            ComputeOptions.Default);
    }

    private string FilePath => _folder["gallery.rerank"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ArraysAreReadInPiecesAndWrongOnesAreRefused()
    {
        using IndexFile file = IndexFile.Open(FilePath);
        FileState state = new(file, ComputeOptions.Default);
        Assert.Equal(s_weights.Length, state.Count<double>("weights"));
        double[] weights = new double[s_weights.Length];
        state.Read("weights", 0, weights.AsSpan(0, 200_001));
        state.Read("weights", 200_001, weights.AsSpan(200_001));
        Assert.Equal(s_weights, weights);
        Assert.Equal((0, 0), (state.Count<int>("empty"), state.Count<int>("nowhere")));
        state.Read<int>("empty", 0, []);
        Assert.Contains("'state.labels'", Assert.Throws<GnnReRankException>(state.RequireAllKnown).Message);
        (byte, short, int)[] odd = new (byte, short, int)[3];
        state.Read("labels", 0, odd.AsSpan());
        Assert.Equal([(1, 2, 3), (4, 5, 6), (7, 8, 9)], odd);
        state.RequireAllKnown();
        Assert.Contains("values of 8 bytes", Assert.Throws<GnnReRankException>(() => state.Count<float>("weights")).Message);
        foreach (long first in new[] { -1, 299_999, long.MaxValue, long.MinValue })
        {
            GnnReRankException refused = Assert.Throws<GnnReRankException>(() => state.Read("weights", first, new double[2].AsSpan()));
            Assert.Contains("'state.weights' has 300,000 values, and 2 are expected", refused.Message);
        }

        Assert.Equal("CorruptFile", state.Broken("its edges are odd").ErrorId);
    }

    [Fact]
    public void ADamagedArrayIsRefusedBeforeItIsRead()
    {
        SealedBytes bytes = new(File.ReadAllBytes(FilePath));
        bytes.Bytes[bytes.Start("state.weights") + 2_000_000] ^= 1;
        File.WriteAllBytes(FilePath, bytes.Bytes);
        using IndexFile file = IndexFile.Open(FilePath);
        FileState state = new(file, ComputeOptions.Default);
        Assert.Equal(0, state.Count<int>("empty"));
        int start = bytes.Start("state.weights") + (1 << 20);
        Assert.Contains(
            $"'state.weights', bytes {start:N0} to {start + (1 << 20) - 1:N0}, is not as it was written",
            Assert.Throws<GnnReRankException>(() => state.Count<double>("weights")).Message);
    }

    // An array that ends with a block has no padding, one that begins like another's name is none of it.
    private sealed class FakeScoring : ISingleScoring
    {
        public ISingleScorer CreateScorer() => throw new NotSupportedException();

        public ISingleScoring After(GalleryLists lists, ReadOnlySpan<int> changed, ComputeOptions options) =>
            throw new NotSupportedException();

        public void Write(IStateWriter writer)
        {
            writer.Append<double>("weights", s_weights.AsSpan(0, 131_072));
            writer.Append<double>("weights", []);
            writer.Append<double>("weights", s_weights.AsSpan(131_072));
            writer.Append<int>("empty", []);
            writer.Append<(byte, short, int)>("labels", [(1, 2, 3), (4, 5, 6), (7, 8, 9)]);
        }
    }
}
