namespace GnnReRank.Formats.Tables;

/// <summary>
/// The names under which people keep features and what is known of each row; compared ordinally, without regard to case,
/// and in this order where a file holds several of them.
/// </summary>
internal static class UsualNames
{
    public static IReadOnlyList<string> Features { get; } =
        ["features", "feature", "feats", "feat", "embeddings", "embedding", "embs", "emb", "vectors", "vector", "x", "data", "arr_0"];

    // An "id" beside a "pid" is the number of the row or the image, not of the person.
    public static IReadOnlyList<string> Labels { get; } =
        ["labels", "label", "pids", "pid", "person_ids", "person_id", "vehicle_ids", "vehicle_id", "identities", "identity", "class_ids", "class_id", "targets", "target", "y", "ids", "id"];

    /// <summary>Whether labels of such a name are, where they are texts, the names of images and not of classes.</summary>
    public static bool AreImageIds(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.Equals("ids", StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Cameras { get; } =
        ["cameras", "camera", "cams", "cam", "camids", "camid", "camera_ids", "camera_id", "cam_ids", "cam_id"];

    public static IReadOnlyList<string> Names { get; } =
        ["names", "name", "paths", "path", "filenames", "filename", "file_names", "file_name", "files", "file", "img_paths", "img_path", "image_paths", "image_path", "img_names", "img_name", "image_names", "image_name"];
}
