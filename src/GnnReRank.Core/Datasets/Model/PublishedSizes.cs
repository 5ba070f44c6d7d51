namespace GnnReRank.Datasets.Model;

/// <summary>How many test images the data sets have as they are published.</summary>
internal static class PublishedSizes
{
    /// <summary>A warning where a data set was read that does not have its published size.</summary>
    public static IEnumerable<string> Compare(DatasetKind kind, string? variant, DatasetTruth truth)
    {
        if (Of(kind, variant) is not { } published)
        {
            yield break;
        }

        if (truth.Query.Count != published.Query)
        {
            yield return Line(kind, variant, published.Query, "queries", truth.Query.Count);
        }

        if (truth.Gallery.Count != published.Gallery && !truth.GalleryIsOpen && !ReferenceEquals(truth.Query, truth.Gallery))
        {
            yield return Line(kind, variant, published.Gallery, "gallery images", truth.Gallery.Count);
        }
    }

    private static (int Query, int Gallery)? Of(DatasetKind kind, string? variant) => (kind, variant) switch
    {
        (DatasetKind.Market1501, "WithoutJunk") => (3368, 15913),
        (DatasetKind.Market1501, _) => (3368, 19732),
        (DatasetKind.DukeMtmc, _) => (2228, 17661),
        (DatasetKind.Msmt17, _) => (11659, 82161),
        (DatasetKind.Cuhk03NP, "Detected") => (1400, 5332),
        (DatasetKind.Cuhk03NP, "Labeled") => (1400, 5328),
        (DatasetKind.VeRi776, _) => (1678, 11579),
        (DatasetKind.University1652, "DroneToSatellite") => (37855, 951),
        (DatasetKind.University1652, "SatelliteToDrone") => (701, 51355),
        (DatasetKind.Oxford5k, _) => (55, 5063),
        (DatasetKind.Paris6k, _) => (55, 6392),
        (DatasetKind.Gldv2, "Public") => (379, 761757),
        (DatasetKind.Gldv2, "Private") => (750, 761757),
        (DatasetKind.Gldv2, _) => (1129, 761757),
        (DatasetKind.ROxford5k, _) => (70, 4993),
        (DatasetKind.RParis6k, _) => (70, 6322),
        (DatasetKind.StanfordOnlineProducts, _) => (60502, 60502),
        (DatasetKind.Cub200, _) => (5924, 5924),
        (DatasetKind.Cars196, _) => (8131, 8131),
        _ => null,
    };

    private static string Line(DatasetKind kind, string? variant, int published, string what, int found)
    {
        string form = variant is null ? string.Empty : $" ({variant})";
        return FormattableString.Invariant(
            $"{kind}{form} has {published:N0} {what} as published, and {found:N0} were found: the figures are not comparable with published ones.");
    }
}
