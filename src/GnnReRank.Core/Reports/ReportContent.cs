using GnnReRank.Evaluation.Protocols;
using GnnReRank.Reports.Pictures;

namespace GnnReRank.Reports;

/// <summary>All that a report says, computed; what is left is to write it.</summary>
internal sealed record ReportContent
{
    public required MeasuredRanking[] Rankings { get; init; }

    /// <summary>Which ranking the others are compared with.</summary>
    public required int Baseline { get; init; }

    /// <summary>The query rows that are shown one by one, ascending.</summary>
    public required int[] Queries { get; init; }

    /// <summary>The gallery rows that any shown list holds, ascending.</summary>
    public required int[] Gallery { get; init; }

    /// <summary>The shown part of each ranking.</summary>
    public required ShownLists[] Lists { get; init; }

    /// <summary>The query images, by the ranking that knows most of them.</summary>
    public required FeatureMatrix QueryImages { get; init; }

    /// <summary>The gallery images, likewise.</summary>
    public required FeatureMatrix GalleryImages { get; init; }

    public required PictureSet QueryPictures { get; init; }

    public required PictureSet GalleryPictures { get; init; }

    /// <param name="rankings">The rankings, of the same images.</param>
    /// <param name="options">What is shown.</param>
    /// <param name="reportFolder">The folder that the report is written to: links are relative to it.</param>
    public static ReportContent Of(IReadOnlyList<Ranking> rankings, ReportOptions options, string reportFolder)
    {
        MeasuredRanking[] measured = ReportMeasurement.Of(rankings, options, out IRelevanceRule? rule);
        int baseline = Math.Max(0, Array.FindIndex(measured, each => each.Ranking.Settings.IsBaseline));
        int[] queries = ShownQueries.Of(measured, baseline, options.MaxQueries);
        ShownLists[] lists = ShownLists.OfAll(rankings, baseline, queries, options, rule);
        int[] gallery = [.. lists.SelectMany(list => list.Rows).Where(row => row != ShownLists.NoRow).Distinct().Order()];
        FeatureMatrix queryImages = Known(rankings, each => each.Query);
        FeatureMatrix galleryImages = Known(rankings, each => each.Gallery);
        PictureBudget budget = new();
        return new ReportContent
        {
            Rankings = measured,
            Baseline = baseline,
            Queries = queries,
            Gallery = gallery,
            Lists = lists,
            QueryImages = queryImages,
            GalleryImages = galleryImages,
            QueryPictures = PictureSet.Of(queryImages, queries, options.QueryFolder, reportFolder, budget, options.Embed, options.Compute),
            GalleryPictures = PictureSet.Of(galleryImages, gallery, options.GalleryFolder, reportFolder, budget, options.Embed, options.Compute),
        };
    }

    /// <summary>The matrix of the first ranking that knows its images' names, or else the first.</summary>
    private static FeatureMatrix Known(IReadOnlyList<Ranking> rankings, Func<Ranking, FeatureMatrix> matrix) =>
        rankings.Select(matrix).FirstOrDefault(each => each.HasNames) ?? matrix(rankings[0]);
}
