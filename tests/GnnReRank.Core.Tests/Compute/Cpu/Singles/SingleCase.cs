using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.Running;

namespace GnnReRank.Tests.Compute.Cpu.Singles;

/// <summary>A gallery and queries that come one at a time.</summary>
internal sealed unsafe class SingleCase
{
    // Threads cost more than they save on matrices so small.
    private static readonly ComputeOptions s_alone = Options(1);

    private readonly FeatureMatrix _gallery;

    public SingleCase(FeatureMatrix gallery, int neighborCount)
    {
        _gallery = gallery;
        NeighborGraph graph = NeighborSearch.Build(null, gallery, Math.Min(neighborCount, gallery.RowCount), s_alone);
        Lists = new GalleryLists(graph, gallery.RowCount);
    }

    public GalleryLists Lists { get; }

    public static MessageRecipe Recipe(GnnReRankSettings settings) => GnnRecipe.Of(settings);

    /// <summary>The scoring of some settings, made afresh.</summary>
    public ISingleScoring Prepare(GnnReRankSettings settings, int threads = 1) =>
        SingleScorings.Prepare(Recipe(settings), Lists, MemoryBudget.OfMachine(), Options(threads));

    public static ComputeOptions Options(int threads) => new() { ThrottleLimit = threads };

    /// <summary>The exact engine's cosines of a query with the gallery.</summary>
    public float[] Cosines(FeatureMatrix query) => Cosines(query, _gallery);

    public static float[] Cosines(FeatureMatrix query, FeatureMatrix gallery) =>
        ByRow(new CosineRanker().ReRank(query, gallery, null, s_alone));

    /// <summary>A query's scores.</summary>
    public static float[] Score(ISingleScorer scorer, float[] cosines)
    {
        fixed (float* pointer = cosines)
        {
            return new ReadOnlySpan<float>(scorer.Score(pointer, CancellationToken.None), cosines.Length).ToArray();
        }
    }

    /// <summary>The scores of a full run on the query and the gallery.</summary>
    public float[] FullRun(GnnReRankSettings settings, FeatureMatrix query) =>
        ByRow(new GnnReRanker(settings.ClampTo(_gallery.RowCount + 1)).ReRank(query, _gallery, null, s_alone));

    /// <summary>One row as a matrix.</summary>
    public static FeatureMatrix Row(FeatureMatrix matrix, int row) => new([.. matrix.GetRow(row)], 1, matrix.Dimension);

    /// <summary>The scores of the first query, in the gallery's order.</summary>
    private static float[] ByRow(Ranking ranking)
    {
        float[] scores = new float[ranking.Depth];
        for (int rank = 0; rank < scores.Length; rank++)
        {
            scores[ranking.GetIndexSpan(0)[rank]] = ranking.GetScoreSpan(0)[rank];
        }

        return scores;
    }
}
