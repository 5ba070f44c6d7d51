using System.Globalization;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Parquet;

/// <summary>The keys under which our own files say more than their columns do.</summary>
internal static class ParquetMetadata
{
    public const string Role = "gnnrerank.role";
    /// <summary>What all keys of a graph start with.</summary>
    public const string Graph = "gnnrerank.graph.";

    public const string GraphVersion = "gnnrerank.graph.version";
    public const string VertexCount = "gnnrerank.graph.vertices";
    public const string NeighborCount = "gnnrerank.graph.neighbors";
    public const string CentersCameras = "gnnrerank.graph.centered";
    public const string Recall = "gnnrerank.graph.recall";
    public const string RecallRows = "gnnrerank.graph.recall.rows";
    public const string RecallOrigin = "gnnrerank.graph.recall.origin";
    public const string QueryCount = "gnnrerank.graph.queries";

    public static FeatureRole RoleOf(ParquetFile file) =>
        file.KeyValueMetadata.TryGetValue(Role, out string? text) && Enum.TryParse(text, out FeatureRole role) && Enum.IsDefined(role)
            ? role
            : FeatureRole.None;

    /// <summary>How near a graph's lists come to the exact ones; null where the file does not say it.</summary>
    /// <exception cref="GnnReRankException">What stands there is no share of rows.</exception>
    public static GraphApproximation? ApproximationOf(ParquetFile file)
    {
        if (!file.KeyValueMetadata.TryGetValue(Recall, out string? text))
        {
            return null;
        }

        int rows = CountOf(file, RecallRows) ?? 0;
        return rows > 0 && double.TryParse(text, CultureInfo.InvariantCulture, out double recall) && recall is >= 0 and <= 1
            ? new GraphApproximation(recall, rows, file.KeyValueMetadata.GetValueOrDefault(RecallOrigin) ?? "unknown")
            : throw FormatErrors.Corrupt(
                file.Path, "Parquet", $"its '{Recall}' is '{text}' of {rows:N0} rows, and should be a share from 0 to 1 of " +
                "one row at least.");
    }

    /// <summary>A number, or null where the file does not say it.</summary>
    /// <exception cref="GnnReRankException">What stands there is no whole number from 0 to 2^31 - 1.</exception>
    public static int? CountOf(ParquetFile file, string key)
    {
        if (!file.KeyValueMetadata.TryGetValue(key, out string? text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw FormatErrors.Corrupt(file.Path, "Parquet", $"its '{key}' is '{text}', and should be a number.");
    }
}
