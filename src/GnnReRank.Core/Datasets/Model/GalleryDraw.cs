namespace GnnReRank.Datasets.Model;

/// <summary>Draws one gallery image an identity out of a set, as VehicleID is published: all other images are its queries.</summary>
internal static class GalleryDraw
{
    /// <summary>Parts a set; both parts keep its order.</summary>
    /// <param name="kind">The data set.</param>
    /// <param name="truth">Its images, each a query of all others.</param>
    /// <param name="seed">What the draw starts from: the same seed gives the same gallery.</param>
    /// <exception cref="GnnReRankException">The data set has no such draw, or every identity has one image.</exception>
    public static DatasetTruth Of(DatasetKind kind, DatasetTruth truth, int seed)
    {
        if (kind != DatasetKind.VehicleId)
        {
            throw new GnnReRankException(
                "SeedNotUsed", ErrorKind.InvalidArgument, $"A seed was given, and only VehicleId draws its gallery; {kind} has one of its own. Leave it out.");
        }

        Random random = new(seed);
        int[] drawn =
        [
            .. Enumerable.Range(0, truth.Gallery.Count)
                .GroupBy(image => truth.Gallery[image].Label)
                .Select(images => images.ElementAt(random.Next(images.Count())))
                .Order(),
        ];
        HashSet<int> gallery = [.. drawn];
        DatasetImage[] query = [.. truth.Gallery.Where((_, image) => !gallery.Contains(image))];
        return query.Length > 0
            ? truth with { Query = query, Gallery = [.. drawn.Select(image => truth.Gallery[image])] }
            : throw new GnnReRankException(
                "DatasetListEmpty", ErrorKind.InvalidData, "Every vehicle of the list has one image: after the draw of the gallery no query is left. Give the list as it is published.");
    }
}
