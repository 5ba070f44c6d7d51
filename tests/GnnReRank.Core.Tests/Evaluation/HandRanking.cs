namespace GnnReRank.Tests.Evaluation;

/// <summary>Rankings written by hand: lists of gallery rows, scores that merely descend.</summary>
internal static class HandRanking
{
    public static Ranking Of(
        long[] queryLabels, int[]? queryCameras, long[] galleryLabels, int[]? galleryCameras, params int[][] lists)
    {
        FeatureMatrix query = Matrix(queryLabels, queryCameras, FeatureRole.Query);
        FeatureMatrix gallery = Matrix(galleryLabels, galleryCameras, FeatureRole.Gallery);
        RowBlocks<int> indices = new(lists.Length, lists[0].Length);
        RowBlocks<float> scores = new(lists.Length, lists[0].Length);
        for (int row = 0; row < lists.Length; row++)
        {
            for (int rank = 0; rank < lists[row].Length; rank++)
            {
                indices[row][rank] = lists[row][rank];
                scores[row][rank] = 1f / (rank + 1);
            }
        }

        return new Ranking(query, gallery, indices, scores, new CosineSettings());
    }

    private static FeatureMatrix Matrix(long[] labels, int[]? cameras, FeatureRole role) =>
        new(Enumerable.Repeat(1f, labels.Length).ToArray(), labels.Length, 1, labels, cameras, role: role);
}
