using System.Globalization;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Parquet;

/// <summary>The keys under which our own files say more than their columns do.</summary>
internal static class ParquetMetadata
{
    public const string Role = "gnnrerank.role";
    public const string GraphVersion = "gnnrerank.graph.version";
    public const string VertexCount = "gnnrerank.graph.vertices";
    public const string NeighborCount = "gnnrerank.graph.neighbors";
    public const string CentersCameras = "gnnrerank.graph.centered";
    public const string QueryCount = "gnnrerank.graph.queries";

    public static FeatureRole RoleOf(ParquetFile file) =>
        file.KeyValueMetadata.TryGetValue(Role, out string? text) && Enum.TryParse(text, out FeatureRole role) && Enum.IsDefined(role)
            ? role
            : FeatureRole.None;

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
