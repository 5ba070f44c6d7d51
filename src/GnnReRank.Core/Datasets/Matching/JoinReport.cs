namespace GnnReRank.Datasets.Matching;

/// <summary>What found no partner, and the lines that say so.</summary>
internal sealed record JoinReport(IReadOnlyList<UnmatchedImage> UnmatchedImages, IReadOnlyList<UnmatchedFeature> UnmatchedFeatures)
{
    private const int Shown = 3;

    /// <summary>A line for each set with images that have no features.</summary>
    public required IReadOnlyList<string> MissingImages { get; init; }

    /// <summary>A line for each matrix with rows that no image has.</summary>
    public required IReadOnlyList<string> StrayFeatures { get; init; }

    /// <summary>Compares what was joined with what was there.</summary>
    /// <param name="query">The queries; null where none were joined.</param>
    /// <param name="gallery">The gallery; null where none was joined.</param>
    /// <param name="isOneSet">Whether the queries are the gallery, joined once, so that one line speaks of both.</param>
    public static JoinReport Of(SetJoin? query, SetJoin? gallery, bool isOneSet)
    {
        SetJoin[] sets = [.. new[] { query, isOneSet ? null : gallery }.OfType<SetJoin>()];
        UnmatchedImage[][] images = [.. sets.Select(set => set.Unmatched.ToArray())];
        bool isOneMatrix = query is not null && query.Features == gallery?.Features;
        UnmatchedFeature[][] features = isOneMatrix
            ? [[.. Stray(FeatureRole.None, query!.Features, [.. query.Rows, .. gallery!.Rows])]]
            : [.. new[] { query, gallery }.OfType<SetJoin>().Select(set => Stray(set.Role, set.Features, set.Rows).ToArray())];
        return new JoinReport([.. images.SelectMany(found => found)], [.. features.SelectMany(found => found)])
        {
            MissingImages = [.. sets.Zip(images).Where(pair => pair.Second.Length > 0).Select(pair => ImageLine(pair.First, pair.Second, isOneSet))],
            StrayFeatures = [.. features.Where(found => found.Length > 0).Select(FeatureLine)],
        };
    }

    private static IEnumerable<UnmatchedFeature> Stray(FeatureRole set, FeatureMatrix features, int[] used)
    {
        HashSet<int> rows = [.. used];
        return Enumerable.Range(0, features.RowCount)
            .Where(row => !rows.Contains(row))
            .Select(row => new UnmatchedFeature(set, row, features.Names is null ? string.Empty : features.Names[row]));
    }

    private static string ImageLine(SetJoin set, UnmatchedImage[] unmatched, bool isOneSet)
    {
        string what = isOneSet ? "images" : set.Role == FeatureRole.Query ? "queries" : "gallery images";
        return FormattableString.Invariant(
            $"{unmatched.Length:N0} of {set.Images.Count:N0} {what} have no feature row and are left out: {First(unmatched.Select(image => image.Image.Name))}. ") +
            "The figures are then not those of the whole data set.";
    }

    private static string FeatureLine(UnmatchedFeature[] unmatched)
    {
        string of = unmatched[0].Set == FeatureRole.None ? string.Empty : $" of the {JoinErrors.Named(unmatched[0].Set)}";
        return FormattableString.Invariant(
            $"{unmatched.Length:N0} feature rows{of} name no image of the data set and are left out: {First(unmatched.Select(feature => feature.Name))}.");
    }

    private static string First(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(Shown + 1)];
        return string.Join(", ", first.Take(Shown).Select(name => $"'{name}'")) + (first.Length > Shown ? ", ..." : string.Empty);
    }
}
