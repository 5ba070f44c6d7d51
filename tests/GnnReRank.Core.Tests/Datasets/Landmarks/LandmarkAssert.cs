namespace GnnReRank.Tests.Datasets.Landmarks;

/// <summary>What the tests of landmark data sets share.</summary>
internal static class LandmarkAssert
{
    public static void Lists(QueryTruth actual, int[] easy, int[] hard, int[] junk, double[]? region)
    {
        Assert.Equal(easy, actual.Easy);
        Assert.Equal(hard, actual.Hard);
        Assert.Equal(junk, actual.Junk);
        Assert.Equal(region, actual.Region);
    }

    public static void Refused(string errorId, Action read, string part)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(read);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(part, error.Message);
    }

    /// <summary>Features that only their names tell apart; row i has the value i + 1.</summary>
    public static FeatureMatrix Features(params string[] names) =>
        new([.. Enumerable.Range(1, names.Length).Select(value => (float)value)], names.Length, 1, names: names);

    /// <summary>A ranking of a data set's features by lists of gallery names.</summary>
    public static Ranking Ranked(RetrievalDataset dataset, params string[] lists)
    {
        string[][] names = [.. lists.Select(list => list.Split(' '))];
        string[] gallery = [.. dataset.Gallery!.Names!];
        RowBlocks<int> indices = new(lists.Length, names[0].Length);
        RowBlocks<float> scores = new(lists.Length, names[0].Length);
        for (int query = 0; query < lists.Length; query++)
        {
            for (int rank = 0; rank < names[query].Length; rank++)
            {
                indices[query][rank] = Array.IndexOf(gallery, names[query][rank]);
                scores[query][rank] = 1f / (rank + 1);
            }
        }

        return new Ranking(dataset.Query!, dataset.Gallery!, indices, scores, new CosineSettings());
    }
}
