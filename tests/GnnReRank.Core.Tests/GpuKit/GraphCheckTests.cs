using GnnReRank.Benchmarks;
using GnnReRank.GpuKit.Measuring;

namespace GnnReRank.Tests.GpuKit;

/// <summary>What the kit's check of a graph lets pass.</summary>
public sealed class GraphCheckTests
{
    private const int Count = 6;
    private const int Neighbors = 5;

    // Unit vectors at these angles: a cosine is that of the difference. Row 0's neighbours are 0 to 4, the last two
    // equal.
    private static readonly int[] s_degrees = [0, 10, 31, 60, 60, 130];

    [Fact]
    public void PassesARightGraph()
    {
        GraphCheck check = Check(new int[Neighbors], []);
        Assert.True(check.Passes);
        Assert.Equal((Count, 0, 0), (check.Rows, check.Wrong, check.NearTies));
        Assert.InRange(check.LargestError, 0, 1e-6);
    }

    /// <summary>Row 0 with other neighbours, whose scores are theirs.</summary>
    [Theory]
    [InlineData(0, 1, 1, 1, 1)]
    [InlineData(0, 1, 2, 3, 3)]
    [InlineData(0, 1, 2, 3, 5)]
    [InlineData(0, 2, 1, 3, 4)]
    [InlineData(1, 0, 2, 3, 4)]
    [InlineData(0, 1, 2, 3, -1)]
    [InlineData(0, 1, 2, 3, Count)]
    public void FailsOtherNeighbours(params int[] listed)
    {
        GraphCheck check = Check([.. listed.Select((other, place) => other - place)], []);
        Assert.False(check.Passes);
        Assert.Equal(1, check.Wrong);
    }

    [Fact]
    public void TellsTheOrderOfNearTiesApart()
    {
        GraphCheck check = Check([0, 0, 0, 1, -1], []);
        Assert.True(check.Passes);
        Assert.Equal(1, check.NearTies);
    }

    /// <summary>Right neighbours, of which one has another score.</summary>
    [Theory]
    [InlineData(0, float.NaN)]
    [InlineData(1, float.NaN)]
    [InlineData(3, float.NaN)]
    [InlineData(2, float.PositiveInfinity)]
    [InlineData(2, 1e-4f)]
    [InlineData(0, -1f)]
    public void FailsOtherScores(int place, float added)
    {
        float[] more = new float[Neighbors];
        more[place] = added;
        GraphCheck check = Check(new int[Neighbors], more);
        Assert.False(check.Passes);
        Assert.Equal(0, check.Wrong);
        Assert.True(check.LargestError > GraphCheck.NearTie);
    }

    private static GraphCheck Check(int[] addedToIndices, float[] addedToScores)
    {
        float[] rows = [.. s_degrees.SelectMany(degrees => (float[])[Cosine(degrees), Cosine(90 - degrees)])];
        int[] indices = new int[Count * Neighbors];
        float[] scores = new float[indices.Length];
        for (int row = 0; row < Count; row++)
        {
            int[] near = [.. Enumerable.Range(0, Count).OrderBy(other => other != row)
                .ThenBy(other => Apart(row, other)).Take(Neighbors)];
            for (int place = 0; place < Neighbors; place++)
            {
                int other = near[place] + (row == 0 ? addedToIndices[place] : 0);
                indices[(row * Neighbors) + place] = other;
                scores[(row * Neighbors) + place] = Cosine(other is >= 0 and < Count ? Apart(row, other) : 0);
            }
        }

        for (int place = 0; place < addedToScores.Length; place++)
        {
            scores[place] += addedToScores[place];
        }

        JobFeatures job = new(
            new KitShape("six", new JobShape(2, 4, 2, null)),
            new FeatureMatrix(rows[..4], 2, 2), new FeatureMatrix(rows[4..], 4, 2));
        return GraphCheck.Of(job, NeighborGraph.Adopt(indices, scores, Count, Neighbors, null, null, null), Count);
    }

    private static int Apart(int row, int other) => Math.Abs(s_degrees[row] - s_degrees[other]);

    private static float Cosine(int degrees) => (float)Math.Cos(degrees * Math.PI / 180);
}
