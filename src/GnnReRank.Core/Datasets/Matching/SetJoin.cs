using GnnReRank.Storage;

namespace GnnReRank.Datasets.Matching;

/// <summary>One set of a data set with the feature row of each image.</summary>
/// <param name="Role">Query or gallery.</param>
/// <param name="Images">The set's images.</param>
/// <param name="Features">The matrix that holds the rows.</param>
/// <param name="Rows">The row of each image; -1 where there is none.</param>
internal sealed record SetJoin(FeatureRole Role, IReadOnlyList<DatasetImage> Images, FeatureMatrix Features, int[] Rows)
{
    /// <summary>The images that have a row, in the set's order.</summary>
    public int[] Kept { get; } = [.. Enumerable.Range(0, Rows.Length).Where(image => Rows[image] >= 0)];

    /// <summary>The images that have none.</summary>
    public IEnumerable<UnmatchedImage> Unmatched =>
        Images.Where((_, image) => Rows[image] < 0).Select(image => new UnmatchedImage(Role, image));

    /// <summary>The rows as a matrix that knows what the data set says of its images.</summary>
    /// <exception cref="GnnReRankException">No image has a row.</exception>
    public FeatureMatrix ToMatrix()
    {
        if (Kept.Length == 0)
        {
            throw JoinErrors.NothingFits(Role, Images.Select(image => image.Name), Features.Names ?? Enumerable.Empty<string>());
        }

        int[] picked = [.. Kept.Select(image => Rows[image])];
        DatasetImage[] images = [.. Kept.Select(image => Images[image])];
        bool isWhole = picked.Length == Features.RowCount && picked.SequenceEqual(Enumerable.Range(0, picked.Length));
        FeatureStorage storage = isWhole ? Features.Storage : Features.Storage.Pick(picked);
        float[] inverseNorms = Array.ConvertAll(picked, row => Features.InverseNorms[row]);
        return FeatureMatrix.Adopt(
            storage,
            images.All(image => image.Label is not null) ? Array.ConvertAll(images, image => image.Label!.Value) : null,
            images.All(image => image.Camera is not null) ? Array.ConvertAll(images, image => image.Camera!.Value) : null,
            Array.ConvertAll(images, image => image.Name),
            Role,
            Features.Source,
            inverseNorms);
    }
}
