namespace GnnReRank.Formats;

/// <summary>
/// The names under which people keep features and what is known of each row; compared ordinally, without regard to case,
/// and in this order where a file holds several of them.
/// </summary>
internal static class UsualNames
{
    public static IReadOnlyList<string> Features { get; } =
        ["features", "feature", "feats", "feat", "embeddings", "embedding", "vectors", "vector", "x", "data", "arr_0"];

    public static IReadOnlyList<string> Labels { get; } =
        ["labels", "label", "y", "ids", "id", "pids", "pid", "identities", "identity"];

    public static IReadOnlyList<string> Cameras { get; } =
        ["cameras", "camera", "cams", "cam", "camids", "camid"];

    public static IReadOnlyList<string> Names { get; } =
        ["names", "name", "paths", "path", "filenames", "filename", "files", "file"];
}
