using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Matching;

/// <summary>A gallery whose files do not name all of it: rows that fit no image are its negatives.</summary>
internal static class OpenGallery
{
    /// <summary>Adds those rows to the gallery, behind the images that the files name.</summary>
    /// <param name="truth">What the files say; its gallery is open.</param>
    /// <param name="query">The joined queries; null where none were joined.</param>
    /// <param name="gallery">The joined gallery.</param>
    /// <exception cref="GnnReRankException">No row fits an image, so that these are the features of something else.</exception>
    public static (DatasetTruth Truth, SetJoin Gallery) Extend(DatasetTruth truth, SetJoin? query, SetJoin gallery)
    {
        if (gallery.Kept.Length == 0)
        {
            throw JoinErrors.NothingFits(FeatureRole.Gallery, gallery.Images.Select(image => image.Name), gallery.Features.Names ?? Enumerable.Empty<string>());
        }

        HashSet<int> taken = [.. gallery.Rows, .. query?.Features == gallery.Features ? query.Rows : []];
        int[] added = [.. Enumerable.Range(0, gallery.Features.RowCount).Where(row => !taken.Contains(row))];
        DatasetImage[] images = [.. truth.Gallery, .. added.Select(row => new DatasetImage(gallery.Features.Names is { } names ? names[row] : string.Empty))];
        string line = FormattableString.Invariant($"{added.Length:N0} feature rows that fit no listed image count as negatives of the gallery.");
        DatasetTruth extended = truth with
        {
            Gallery = images,
            GroundTruth = truth.GroundTruth is not GroundTruth lists ? null : new GroundTruth(
                lists.Queries, images.Length, lists.QueryNames, images.Select(image => image.Name)),
            Warnings = [.. truth.Warnings, .. added.Length == 0 ? Array.Empty<string>() : [line]],
        };
        return (extended, new SetJoin(FeatureRole.Gallery, images, gallery.Features, [.. gallery.Rows, .. added]));
    }
}
