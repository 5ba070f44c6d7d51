using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Matching;

/// <summary>Joins features to the images of a data set, and says what found no partner.</summary>
internal static class FeatureJoin
{
    /// <summary>Refuses matrices that contradict each other, before anything is read.</summary>
    /// <exception cref="GnnReRankException">They do.</exception>
    public static void Check(DatasetReadOptions options)
    {
        if (options.Features is not null && (options.Query is not null || options.Gallery is not null))
        {
            throw JoinErrors.FeaturesAndSets();
        }
    }

    /// <summary>Joins what the options give.</summary>
    /// <exception cref="GnnReRankException">Names are missing or ambiguous, no image has a row, or one has none and all are required.</exception>
    public static JoinedFeatures Join(DatasetTruth truth, DatasetReadOptions options)
    {
        if (options.InOrder && !truth.HasOrder)
        {
            throw JoinErrors.NoOrder();
        }

        SetJoin? query;
        SetJoin? gallery;
        if (options.Features is FeatureMatrix all)
        {
            (query, gallery) = JoinBoth(truth, all, options);
        }
        else
        {
            query = JoinOne(FeatureRole.Query, truth.Query, options.Query, isOpen: false, options);
            gallery = JoinOne(FeatureRole.Gallery, truth.Gallery, options.Gallery, truth.GalleryIsOpen, options);
        }

        if (truth.GalleryIsOpen && gallery is not null)
        {
            (truth, gallery) = OpenGallery.Extend(truth, query, gallery);
        }

        bool isOneSet = ReferenceEquals(truth.Query, truth.Gallery) && options.Features is not null;
        JoinReport report = JoinReport.Of(query, gallery, isOneSet);
        if (options.RequireAll && report.MissingImages.Count > 0)
        {
            throw JoinErrors.Incomplete(string.Join(" ", report.MissingImages));
        }

        FeatureMatrix? queryMatrix = query?.ToMatrix();

        // One set keeps its rows once: a ranking of a matrix against itself is known by that.
        FeatureMatrix? galleryMatrix = isOneSet ? queryMatrix?.WithRole(FeatureRole.Gallery) : gallery?.ToMatrix();
        List<string> warnings = [.. report.MissingImages, .. report.StrayFeatures];
        return new JoinedFeatures
        {
            Truth = truth,
            Query = queryMatrix,
            Gallery = galleryMatrix,
            GroundTruth = truth.GroundTruth is null ? null : JoinedTruth.Of(truth.GroundTruth, query, gallery, warnings),
            UnmatchedImages = report.UnmatchedImages,
            UnmatchedFeatures = report.UnmatchedFeatures,
            Warnings = warnings,
        };
    }

    private static (SetJoin Query, SetJoin Gallery) JoinBoth(DatasetTruth truth, FeatureMatrix features, DatasetReadOptions options)
    {
        bool isOneSet = ReferenceEquals(truth.Query, truth.Gallery);
        int images = truth.Query.Count + (isOneSet ? 0 : truth.Gallery.Count);
        int[] query;
        int[] gallery;
        if (options.InOrder)
        {
            RequireCount("features", features, images, truth.GalleryIsOpen);
            query = [.. Enumerable.Range(0, truth.Query.Count)];
            gallery = isOneSet ? query : [.. Enumerable.Range(truth.Query.Count, truth.Gallery.Count)];
        }
        else
        {
            RowMatcher matcher = Matcher("features", features, images, options);
            int[][] rows = isOneSet ? matcher.Match(truth.Query) : matcher.Match(truth.Query, truth.Gallery);
            (query, gallery) = (rows[0], rows[^1]);
        }

        return (new SetJoin(FeatureRole.Query, truth.Query, features, query), new SetJoin(FeatureRole.Gallery, truth.Gallery, features, gallery));
    }

    private static SetJoin? JoinOne(
        FeatureRole role, IReadOnlyList<DatasetImage> images, FeatureMatrix? features, bool isOpen, DatasetReadOptions options)
    {
        if (features is null)
        {
            return null;
        }

        string what = $"features of the {JoinErrors.Named(role)}";
        if (!options.InOrder)
        {
            return new SetJoin(role, images, features, Matcher(what, features, images.Count, options).Match(images)[0]);
        }

        RequireCount(what, features, images.Count, isOpen);
        return new SetJoin(role, images, features, [.. Enumerable.Range(0, images.Count)]);
    }

    private static RowMatcher Matcher(string what, FeatureMatrix features, int images, DatasetReadOptions options) => features.Names is null
        ? throw JoinErrors.NoNames(what, features, images)
        : new RowMatcher(features.Names, options.CancellationToken);

    // Rows behind those of an open gallery's images are its negatives.
    private static void RequireCount(string what, FeatureMatrix features, int images, bool isOpen)
    {
        if (features.RowCount < images || (features.RowCount > images && !isOpen))
        {
            throw JoinErrors.WrongCount(what, features, images);
        }
    }
}
