using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Graph;

/// <summary>Square matrices of scores, made in float64 of rows of one length, said to be of kinds.</summary>
public sealed class GraphScoreFitTests
{
    private const int Count = 40;
    private const int Dimension = 5;

    [Theory]
    [InlineData(GraphScoreKind.SquaredL2, GraphScoreKind.L2, 1, "fit -ScoreKind SquaredL2")]
    [InlineData(GraphScoreKind.SquaredL2, GraphScoreKind.CosineDistance, 1, "fit -ScoreKind SquaredL2")]
    [InlineData(GraphScoreKind.L2, GraphScoreKind.SquaredL2, 1, "fit -ScoreKind L2.")]
    [InlineData(GraphScoreKind.L2, GraphScoreKind.CosineDistance, 1, "fit -ScoreKind L2.")]
    [InlineData(GraphScoreKind.CosineDistance, GraphScoreKind.L2, 1, "fit -ScoreKind CosineDistance")]
    [InlineData(GraphScoreKind.CosineDistance, GraphScoreKind.SquaredL2, 1, "fit -ScoreKind CosineDistance")]
    [InlineData(GraphScoreKind.InnerProduct, null, .8, "fit -ScoreKind InnerProduct")]
    [InlineData(GraphScoreKind.InnerProductDistance, GraphScoreKind.CosineDistance, .8, "fit -ScoreKind InnerProduct")]
    public void AWrongKindIsToldAndTheRightOneNamed(
        GraphScoreKind kind, GraphScoreKind? said, double length, string expected)
    {
        string warning = Assert.Single(Warnings(kind, said, length));
        Assert.Contains($"the scores of {Count} rows give similarities 0.", warning);
        Assert.Contains(expected, warning);
    }

    // float16 is the coarsest form that files have.
    [Theory]
    [InlineData(GraphScoreKind.Cosine)]
    [InlineData(GraphScoreKind.CosineDistance)]
    [InlineData(GraphScoreKind.InnerProduct)]
    [InlineData(GraphScoreKind.InnerProductDistance)]
    [InlineData(GraphScoreKind.SquaredL2)]
    [InlineData(GraphScoreKind.L2)]
    public void TheRightKindIsNot(GraphScoreKind kind)
    {
        Assert.Empty(Warnings(kind, kind, 1));
        Assert.Empty(Warnings(kind, kind, .8));
    }

    // 0.4 of each distance leaves every order as it is, and is of no kind.
    [Fact]
    public void DistancesOfAnotherSearchAreTold() => Assert.Contains(
        "of other features", Assert.Single(Warnings(GraphScoreKind.CosineDistance, GraphScoreKind.CosineDistance, 1, .4)));

    private static List<string> Warnings(GraphScoreKind kind, GraphScoreKind? said, double length, double factor = 1)
    {
        double[][] rows = Rows(length);
        FeatureMatrix gallery = FeatureMatrix.FromRows(Array.ConvertAll(
            rows, row => Array.ConvertAll(row, value => (float)value)));
        float[] scores =
        [
            .. from row in rows
               from other in rows
               select (float)(Half)(factor * Score(kind, row, other, length)),
        ];
        List<string> warnings = [];
        ComputeOptions options = new() { Warn = warnings.Add };
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["m.npy"], NpyBytes.Make("<f4", $"({Count}, {Count})", NpyBytes.Singles(scores)));
        NeighborGraph graph = GraphFile.Read(folder["m.npy"], new GraphReadOptions
        {
            ScoreKind = said,
            NeighborCount = 12,
            Gallery = gallery,
            Compute = options,
        });
        GraphRecall.Attach(graph, null, gallery, options);
        return warnings;
    }

    // No coordinate is negative, so no two rows are farther than L2 and the other kinds allow.
    private static double[][] Rows(double length)
    {
        Random random = new(7);
        return
        [
            .. Enumerable.Range(0, Count).Select(_ =>
            {
                double[] row = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextDouble() * random.NextDouble())];
                double norm = Math.Sqrt(row.Sum(value => value * value));
                return Array.ConvertAll(row, value => length * value / norm);
            }),
        ];
    }

    private static double Score(GraphScoreKind kind, double[] row, double[] other, double length)
    {
        double product = row.Zip(other, (one, two) => one * two).Sum();
        double square = row.Zip(other, (one, two) => (one - two) * (one - two)).Sum();
        double cosine = product / (length * length);
        return kind switch
        {
            GraphScoreKind.Cosine => cosine,
            GraphScoreKind.CosineDistance => 1 - cosine,
            GraphScoreKind.InnerProduct => product,
            GraphScoreKind.InnerProductDistance => 1 - product,
            GraphScoreKind.SquaredL2 => square,
            _ => Math.Sqrt(square),
        };
    }
}
