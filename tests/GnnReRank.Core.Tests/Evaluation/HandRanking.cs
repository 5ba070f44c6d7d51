namespace GnnReRank.Tests.Evaluation;

/// <summary>Rankings written by hand: lists of gallery rows, scores that merely descend.</summary>
internal static class HandRanking
{
    public static Ranking Of(
        long[] queryLabels, int[]? queryCameras, long[] galleryLabels, int[]? galleryCameras, params int[][] lists)
    {
        return Of(Matrix(queryLabels, queryCameras, FeatureRole.Query), Matrix(galleryLabels, galleryCameras, FeatureRole.Gallery), lists);
    }

    /// <summary>A set of images without labels ranked for queries without labels, as landmark benchmarks have them.</summary>
    public static Ranking OfImages(int galleryCount, params int[][] lists) => Of(Bare(lists.Length), Bare(galleryCount), lists);

    /// <summary>A set ranked against itself.</summary>
    public static Ranking OfItself(long[] labels, params int[][] lists)
    {
        FeatureMatrix matrix = Matrix(labels, null, FeatureRole.None);
        return Of(matrix, matrix, lists);
    }

    public static Ranking Of(FeatureMatrix query, FeatureMatrix gallery, params int[][] lists)
    {
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

    /// <summary>Rows of different values, so that different sets are not taken for the same.</summary>
    public static FeatureMatrix Named(long[] labels, string[]? names, float first = 1) => new(
        [.. Enumerable.Range(0, labels.Length).Select(row => first + row)], labels.Length, 1, labels, names: names);

    private static FeatureMatrix Bare(int count) => new([.. Enumerable.Repeat(1f, count)], count, 1);

    /// <summary>No row has another's value, in the other set neither: equal ones would be the same image.</summary>
    private static FeatureMatrix Matrix(long[] labels, int[]? cameras, FeatureRole role) => new(
        [.. Enumerable.Range(1, labels.Length).Select(row => role == FeatureRole.Query ? -row : (float)row)], labels.Length, 1, labels, cameras, role: role);
}
