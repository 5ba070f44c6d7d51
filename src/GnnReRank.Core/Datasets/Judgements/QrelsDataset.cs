using GnnReRank.Datasets.Model;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Rankings;

namespace GnnReRank.Datasets.Judgements;

/// <summary>
/// Judgements of TREC as a data set. They name neither all queries nor all of the gallery, so they are bound to the matrices as these
/// are: rows keep their order, and rankings made of them before can be measured.
/// </summary>
internal static class QrelsDataset
{
    /// <summary>The usual form: grades below 0 are not relevant, as trec_eval takes them.</summary>
    private const string AsTrecEval = "AsTrecEval";

    /// <summary>The form in which they are junk: taken out of the lists before ranks are counted.</summary>
    private const string NegativeIsJunk = "NegativeIsJunk";

    /// <summary>The forms, the usual one first.</summary>
    public static IReadOnlyList<string> Variants { get; } = [AsTrecEval, NegativeIsJunk];

    /// <exception cref="GnnReRankException">An option does not belong to judgements, a matrix is missing, or the file is not usable.</exception>
    public static RetrievalDataset Read(string path, DatasetReadOptions options)
    {
        string variant = VariantOf(options);
        (FeatureMatrix query, FeatureMatrix gallery) = MatricesOf(options);
        InputFile.Require(path, "the file with the judgements");
        QrelsTruth truth = new(path, query, gallery, junkBelowZero: variant == NegativeIsJunk);
        truth.Read(options.CancellationToken);
        IReadOnlyList<string> missing = truth.MissingImages;
        if (options.RequireAll && missing.Count > 0)
        {
            throw Matching.JoinErrors.Incomplete(string.Join(" ", missing));
        }

        return new RetrievalDataset
        {
            Kind = DatasetKind.Qrels,
            Variant = variant,
            Protocol = DatasetProtocols.Of(DatasetKind.Qrels),
            Path = path,
            QueryImages = ImagesOf(query, TrecName.QueryPrefix),
            GalleryImages = ImagesOf(gallery, TrecName.GalleryPrefix),
            GroundTruth = truth.ToGroundTruth(),
            Query = query,
            Gallery = gallery,
            UnmatchedImages = truth.UnmatchedImages,
            UnmatchedFeatures = [],
            Warnings = [.. missing, .. truth.UnjudgedQueries],
        };
    }

    private static string VariantOf(DatasetReadOptions options)
    {
        if (options.Seed is not null)
        {
            throw new GnnReRankException(
                "SeedNotUsed", ErrorKind.InvalidArgument, "A seed was given, and judgements (qrels) draw nothing. Leave it out.");
        }

        return options.Variant is null ? AsTrecEval
            : Variants.FirstOrDefault(variant => variant.Equals(options.Variant, StringComparison.OrdinalIgnoreCase)) ?? throw new GnnReRankException(
                "UnknownVariant", ErrorKind.InvalidArgument, $"{DatasetKind.Qrels} has no variant '{options.Variant}'. It has: {string.Join(", ", Variants)}.");
    }

    private static (FeatureMatrix Query, FeatureMatrix Gallery) MatricesOf(DatasetReadOptions options) =>
        options.InOrder ? throw Matching.JoinErrors.NoOrder()
        : options.Query is not null && options.Gallery is not null ? (options.Query, options.Gallery)
        : throw new GnnReRankException(
            "QrelsWithoutMatrices", ErrorKind.InvalidArgument,
            "Judgements (qrels) name images, and rows are found by these names: give both matrices, with -Query and -Gallery or through the pipeline with their roles.");

    private static DatasetImage[] ImagesOf(FeatureMatrix matrix, char prefix) =>
    [
        .. Enumerable.Range(0, matrix.RowCount).Select(row => new DatasetImage(
            matrix.HasNames ? matrix.NameSpan[row] : TrecName.Of(matrix, row, prefix), matrix.Labels?[row], matrix.Cameras?[row])),
    ];
}
