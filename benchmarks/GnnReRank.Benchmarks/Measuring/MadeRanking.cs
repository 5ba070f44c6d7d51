namespace GnnReRank.Benchmarks;

/// <summary>Rankings of the shape of Market-1501's: 750 identities under six cameras, a seventh of the gallery distractors, a fifth junk.</summary>
internal static class MadeRanking
{
    private const int Identities = 750;
    private const int Cameras = 6;

    // Of a typical ranking: the share of good images that come before all others, the rest lying anywhere.
    private const double FoundAtOnce = 0.9;

    /// <summary>Lists in random order: good images lie anywhere, so that the walk reads nearly all of each list.</summary>
    public static Ranking Random(int queries, int gallery) => Of(queries, gallery, (_, _, list, random) => random.Shuffle(list));

    /// <summary>Lists where most of a query's images come first, as a good model ranks them, and the last one a little later.</summary>
    public static Ranking Typical(int queries, int gallery) => Of(queries, gallery, (label, labels, list, random) =>
    {
        random.Shuffle(list);
        double[] order = new double[list.Length];
        for (int position = 0; position < list.Length; position++)
        {
            bool isOwn = labels[list[position]] == label;
            order[position] = isOwn && random.NextDouble() < FoundAtOnce ? 0 : isOwn ? random.NextDouble() * random.NextDouble() : random.NextDouble();
        }

        Array.Sort(order, list);
    });

    private static Ranking Of(int queries, int gallery, Action<long, long[], int[], Random> arrange)
    {
        Random random = new(1);
        long[] galleryLabels = [.. Enumerable.Range(0, gallery).Select(row => LabelOf(row, random))];
        long[] queryLabels = [.. Enumerable.Range(0, queries).Select(row => 1L + (row % Identities))];
        RowBlocks<int> indices = new(queries, gallery);
        RowBlocks<float> scores = new(queries, gallery);
        int[] rows = [.. Enumerable.Range(0, gallery)];
        for (int query = 0; query < queries; query++)
        {
            int[] list = [.. rows];
            arrange(queryLabels[query], galleryLabels, list, new Random(query));
            list.CopyTo(indices[query]);
            scores[query].Clear();
        }

        return new Ranking(
            Matrix(queryLabels, FeatureRole.Query, random), Matrix(galleryLabels, FeatureRole.Gallery, random), indices, scores, new CosineSettings());
    }

    private static long LabelOf(int row, Random random) => (row % 35) switch
    {
        < 5 => 0,
        < 12 => -1,
        _ => 1 + random.Next(Identities),
    };

    private static FeatureMatrix Matrix(long[] labels, FeatureRole role, Random random) => new(
        Enumerable.Repeat(1f, labels.Length).ToArray(), labels.Length, 1, labels, [.. labels.Select(_ => random.Next(Cameras))], role: role);
}
