using GnnReRank.Datasets;
using GnnReRank.Datasets.Judgements;
using GnnReRank.Datasets.Matching;
using GnnReRank.Datasets.Model;

namespace GnnReRank;

/// <summary>Reads published data sets, and joins features to their images.</summary>
public static class RetrievalDatasets
{
    /// <summary>Reads the truth of a data set as its authors publish it.</summary>
    /// <param name="kind">The data set.</param>
    /// <param name="path">Its folder, or the file with its truth. The images themselves are never opened.</param>
    /// <param name="options">The variant, and the features to join; null reads the truth alone.</param>
    /// <exception cref="GnnReRankException">A file is missing or not as published, or features do not fit its images.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static RetrievalDataset Read(DatasetKind kind, string path, DatasetReadOptions? options = null)
    {
        options ??= new DatasetReadOptions();
        FeatureJoin.Check(options);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new GnnReRankException(
                "DatasetNotFound", ErrorKind.NotFound, $"'{path}' does not exist: give the folder of {kind}, or the file with its truth.");
        }

        if (kind == DatasetKind.Qrels)
        {
            return QrelsDataset.Read(path, options);
        }

        IDatasetReader reader = DatasetReaders.For(kind, options.Variant, path);
        DatasetTruth truth = reader.Read(kind, path, options.CancellationToken);
        truth = options.Seed is int seed ? GalleryDraw.Of(kind, truth, seed) : truth;
        JoinedFeatures joined = FeatureJoin.Join(truth, options);
        IReadOnlyList<DatasetImage> queries = PublicList.Of(truth.Query);
        return new RetrievalDataset
        {
            Kind = kind,
            Variant = reader.Variant,
            Protocol = DatasetProtocols.Of(kind),
            Path = path,
            QueryImages = queries,
            GalleryImages = ReferenceEquals(joined.Truth.Gallery, truth.Query) ? queries : joined.Truth.Gallery,
            GroundTruth = joined.GroundTruth,
            Query = joined.Query,
            Gallery = joined.Gallery,
            UnmatchedImages = joined.UnmatchedImages,
            UnmatchedFeatures = joined.UnmatchedFeatures,
            Warnings = [.. new[] { joined.Truth.Warnings, PublishedSizes.Compare(kind, reader.Variant, truth), joined.Warnings }.SelectMany(lines => lines).Select(line => DisplayText.Of(line))],
        };
    }

    /// <summary>The forms of a data set, the usual one first; none where it has one form.</summary>
    /// <param name="kind">The data set.</param>
    public static IReadOnlyList<string> VariantsOf(DatasetKind kind) =>
        PublicList.Of(kind == DatasetKind.Qrels ? QrelsDataset.Variants : DatasetReaders.VariantsOf(kind));
}
