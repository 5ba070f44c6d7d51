using GnnReRank.Formats.Files;
using GnnReRank.Formats.Npy;

namespace GnnReRank.Formats.BigAnn;

/// <summary>Neighbour graphs as .ibin: the distances behind the neighbours, or in a .fbin file of their own.</summary>
internal static class BigAnnGraph
{
    /// <summary>Whether the file holds the scores too.</summary>
    /// <exception cref="GnnReRankException">The file is not usable.</exception>
    public static bool HasScores(string path)
    {
        using BigAnnFile file = new(path, FeatureFormat.Ibin);
        return file.HasDistances;
    }

    /// <summary>Reads a graph.</summary>
    /// <param name="indexPath">vertices x k neighbours, 0-based; -1 pads a short list.</param>
    /// <param name="scorePath">As many float32 in a .fbin file; null where they follow the neighbours.</param>
    /// <param name="scoreKind">What the scores are.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">A file is not usable, the two do not fit each other, or a list makes no sense.</exception>
    public static NeighborGraph Read(string indexPath, string? scorePath, GraphScoreKind scoreKind, ComputeOptions options)
    {
        try
        {
            using BigAnnFile indices = new(indexPath, FeatureFormat.Ibin);
            using BigAnnFile? scores = scorePath is null ? null : new BigAnnFile(scorePath, FeatureFormat.Fbin);
            return NpyGraph.Read(
                indices.Numbers(BigAnnFile.FeaturesName), scores?.Numbers(BigAnnFile.FeaturesName) ?? indices.Distances(), scoreKind, options);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(indexPath, nameof(FeatureFormat.Ibin), $"it is cut short, damaged or unreadable ({fault.Message.TrimEnd('.')}).", fault);
        }
    }
}
