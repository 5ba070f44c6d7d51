using System.Globalization;
using GnnReRank.Formats.Files;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>One query of Oxford-5k or Paris-6k as its four text files say it.</summary>
/// <param name="Image">The query's image, without an ending.</param>
/// <param name="Region">Its box: x1, y1, x2, y2.</param>
/// <param name="Good">Clear positives.</param>
/// <param name="Ok">Difficult positives.</param>
/// <param name="Junk">Images that are neither.</param>
internal sealed record OxfordQuery(string Image, double[] Region, string[] Good, string[] Ok, string[] Junk)
{
    private const string QueryEnd = "_query.txt";

    // What Oxford's files put before the image's name, and no other file does.
    private const string OxfordPrefix = "oxc1_";

    /// <summary>Reads all queries, by landmark and number.</summary>
    /// <exception cref="GnnReRankException">They lie in several folders, or a file is missing or malformed.</exception>
    public static OxfordQuery[] ReadAll(string path, string[] queryFiles, CancellationToken cancellation)
    {
        string[] folders = [.. queryFiles.Select(file => Path.GetDirectoryName(file)!).Distinct()];
        if (folders.Length > 1)
        {
            throw new GnnReRankException(
                "SeveralDatasets", ErrorKind.InvalidArgument,
                $"'{path}' holds files named *{QueryEnd} in '{folders[0]}' and '{folders[1]}': give the folder of one data set.");
        }

        return [.. queryFiles.OrderBy(Landmark, StringComparer.Ordinal).ThenBy(Number).Select(file => Read(file, cancellation))];
    }

    private static OxfordQuery Read(string file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string[] lines = Lines(file);
        string[] parts = lines.Length == 1 ? lines[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
        double[] region = new double[4];
        bool isQuery = parts.Length == 1 + region.Length;
        for (int side = 0; side < region.Length && isQuery; side++)
        {
            isQuery = double.TryParse(parts[side + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out region[side]) && double.IsFinite(region[side]);
        }

        if (!isQuery)
        {
            throw LandmarkErrors.Malformed(
                file, "one line with an image and its box is expected, as in 'oxc1_all_souls_000013 136.5 34.1 648.5 955.7'. Fetch the file again.");
        }

        string image = parts[0].StartsWith(OxfordPrefix, StringComparison.Ordinal) ? parts[0][OxfordPrefix.Length..] : parts[0];
        string stem = file[..^QueryEnd.Length];
        return new OxfordQuery(image, region, Names($"{stem}_good.txt"), Names($"{stem}_ok.txt"), Names($"{stem}_junk.txt"));
    }

    private static string[] Names(string file)
    {
        if (!File.Exists(file))
        {
            throw new GnnReRankException(
                "DatasetFileNotFound", ErrorKind.NotFound,
                $"'{file}' does not exist: each query needs its files _query.txt, _good.txt, _ok.txt and _junk.txt. An empty list is an empty file.");
        }

        string[] names = Lines(file);
        string? strange = Array.Find(names, name => name.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)));
        return strange is null ? names : throw LandmarkErrors.Malformed(file, "one image name a line is expected, without spaces. Fetch the file again.");
    }

    private static string[] Lines(string file) => [.. InputFile.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)];

    // all_souls_3_query.txt is the third query of all_souls.
    private static string Landmark(string file)
    {
        string stem = Path.GetFileName(file)[..^QueryEnd.Length];
        int end = stem.LastIndexOf('_');
        return end < 0 ? stem : stem[..end];
    }

    private static int Number(string file)
    {
        string stem = Path.GetFileName(file)[..^QueryEnd.Length];
        return int.TryParse(stem[(stem.LastIndexOf('_') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}
