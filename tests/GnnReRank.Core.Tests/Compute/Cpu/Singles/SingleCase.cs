using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.Running;

namespace GnnReRank.Tests.Compute.Cpu.Singles;

/// <summary>A gallery and queries that come one at a time.</summary>
internal sealed unsafe class SingleCase
{
    private readonly FeatureMatrix _gallery;

    public SingleCase(FeatureMatrix gallery, int neighborCount)
    {
        _gallery = gallery;
        NeighborGraph graph = NeighborSearch.Build(null, gallery, Math.Min(neighborCount, gallery.RowCount));
        Lists = new GalleryLists(graph, gallery.RowCount);
    }

    public GalleryLists Lists { get; }

    public static MessageRecipe Recipe(GnnReRankSettings settings) => GnnRecipe.Of(settings);

    /// <summary>The scoring of some settings, made afresh.</summary>
    public ISingleScoring Prepare(GnnReRankSettings settings, int threads = 2) =>
        SingleScorings.Prepare(Recipe(settings), Lists, MemoryBudget.OfMachine(), Options(threads));

    public static ComputeOptions Options(int threads) => new() { ThrottleLimit = threads };

    /// <summary>The exact engine's cosines of a query with the gallery.</summary>
    public float[] Cosines(FeatureMatrix query) => Cosines(query, _gallery);

    public static float[] Cosines(FeatureMatrix query, FeatureMatrix gallery)
    {
        NeighborGraph all = NeighborSearch.Build(query, gallery, gallery.RowCount + 1);
        float[] cosines = new float[gallery.RowCount];
        for (int place = 1; place < all.NeighborCount; place++)
        {
            cosines[all.GetNeighborSpan(0)[place] - 1] = all.GetScoreSpan(0)[place];
        }

        return cosines;
    }

    /// <summary>A query's scores.</summary>
    public static float[] Score(ISingleScorer scorer, float[] cosines)
    {
        fixed (float* pointer = cosines)
        {
            return new ReadOnlySpan<float>(scorer.Score(pointer, CancellationToken.None), cosines.Length).ToArray();
        }
    }

    /// <summary>The scores of a full run on the query and the gallery.</summary>
    public float[] FullRun(GnnReRankSettings settings, FeatureMatrix query)
    {
        Ranking ranking = new GnnReRanker(settings.ClampTo(_gallery.RowCount + 1)).ReRank(query, _gallery);
        float[] scores = new float[_gallery.RowCount];
        for (int rank = 0; rank < scores.Length; rank++)
        {
            scores[ranking.GetIndexSpan(0)[rank]] = ranking.GetScoreSpan(0)[rank];
        }

        return scores;
    }

    /// <summary>One row as a matrix.</summary>
    public static FeatureMatrix Row(FeatureMatrix matrix, int row) => new([.. matrix.GetRow(row)], 1, matrix.Dimension);
}
