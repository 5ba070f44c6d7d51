namespace GnnReRank.Datasets.Landmarks;

/// <summary>Finds the files of a data set in the folder a person gives: itself, or below, as archives unpack.</summary>
internal static class LandmarkFiles
{
    private const int DeepestFolder = 3;

    private static readonly DatasetKind[] s_kinds = [DatasetKind.ROxford5k, DatasetKind.RParis6k, DatasetKind.Oxford5k, DatasetKind.Paris6k];

    /// <summary>All files whose names fit, in a fixed order.</summary>
    public static string[] All(string folder, string pattern, CancellationToken cancellation) => Within(folder, pattern, DeepestFolder, cancellation);

    /// <summary>The files whose names fit in the folder itself or, where it has none, one folder deeper, and so on: images beside them are many.</summary>
    public static string[] Nearest(string folder, string pattern, CancellationToken cancellation)
    {
        string[] files = [];
        for (int depth = 0; depth <= DeepestFolder && files.Length == 0; depth++)
        {
            files = Within(folder, pattern, depth, cancellation);
        }

        return files;
    }

    /// <summary>The gnd file: the path itself, or gnd_NAME.mat or .pkl below it; null where there is none.</summary>
    /// <exception cref="GnnReRankException">The file is named after another data set.</exception>
    public static string? Gnd(DatasetKind kind, string path, CancellationToken cancellation)
    {
        if (!Directory.Exists(path))
        {
            string name = Path.GetFileName(path);
            DatasetKind? named = s_kinds.Where(other => name.Contains(other.ToString(), StringComparison.OrdinalIgnoreCase)).Select(other => (DatasetKind?)other).FirstOrDefault();
            return named is null || named == kind ? path : throw LandmarkErrors.OtherDataset(path, kind, named.Value);
        }

        // The MAT-file says the same and needs no pickle.
        return new[] { ".mat", ".pkl" }.SelectMany(ending => Nearest(path, $"gnd_{kind}{ending}", cancellation)).FirstOrDefault();
    }

    private static string[] Within(string folder, string pattern, int depth, CancellationToken cancellation)
    {
        EnumerationOptions options = new()
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = depth,
            IgnoreInaccessible = true,
            MatchCasing = MatchCasing.CaseInsensitive,
        };
        List<string> files = [];
        foreach (string file in Directory.EnumerateFiles(folder, pattern, options))
        {
            cancellation.ThrowIfCancellationRequested();
            files.Add(file);
        }

        files.Sort(StringComparer.Ordinal);
        return [.. files];
    }
}
