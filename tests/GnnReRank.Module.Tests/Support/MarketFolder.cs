namespace GnnReRank.Tests.Module;

/// <summary>A made-up Market-1501: empty files under its names, since nobody opens the images.</summary>
internal static class MarketFolder
{
    /// <summary>
    /// Writes an image a row, of identity label + 1 and camera + 1. Their names, queries first, row by row, are given back and
    /// set as $marketNames.
    /// </summary>
    public static string[] Write(ModuleSession session, string folder, LabelledRows query, LabelledRows gallery)
    {
        string[] names =
        [
            .. Names(query).Select(name => $"query/{name}"),
            .. Names(gallery).Select(name => $"bounding_box_test/{name}"),
        ];
        Directory.CreateDirectory(session[folder, "query"]);
        Directory.CreateDirectory(session[folder, "bounding_box_test"]);
        foreach (string name in names)
        {
            File.WriteAllBytes(session[folder, name], []);
        }

        session.Set("marketNames", names);
        return names;
    }

    private static IEnumerable<string> Names(LabelledRows rows) => rows.Labels.Select(
        (label, row) => FormattableString.Invariant($"{label + 1:D4}_c{rows.Cameras![row] + 1}s1_{row:D6}_00.jpg"));
}
