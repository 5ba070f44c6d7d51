namespace GnnReRank.Tests.Datasets.Landmarks;

/// <summary>Oxford-5k in small, in the form of its authors' text files: two queries, seven images.</summary>
internal static class OxfordFiles
{
    public const string Box = "136.5 34.1 648.5 955.7";

    public static readonly string[] Images =
    [
        "all_souls_000013", "all_souls_000026", "all_souls_000055", "all_souls_000150", "ashmolean_000058", "oxford_000001", "oxford_000002",
    ];

    public static void Write(string folder)
    {
        WriteQuery(folder, "all_souls_1", $"oxc1_all_souls_000013 {Box}", "all_souls_000013\nall_souls_000026\n", "all_souls_000055\n", "all_souls_000150\n");
        WriteQuery(folder, "ashmolean_10", "oxc1_ashmolean_000058 1 2 3 4", "ashmolean_000058\r\n", string.Empty, string.Empty);
    }

    public static void WriteQuery(string folder, string name, string query, string good, string ok, string junk)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{name}_query.txt"), query + "\n");
        File.WriteAllText(Path.Combine(folder, $"{name}_good.txt"), good);
        File.WriteAllText(Path.Combine(folder, $"{name}_ok.txt"), ok);
        File.WriteAllText(Path.Combine(folder, $"{name}_junk.txt"), junk);
    }

    // Nothing opens an image.
    public static void WriteImages(string folder, params string[] names)
    {
        Directory.CreateDirectory(folder);
        foreach (string name in names)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.jpg"), string.Empty);
        }
    }
}
