namespace GnnReRank.Formats.Arrays;

/// <summary>The names under which the arrays of a matrix are written, as layumi's scripts name those of a query and a gallery.</summary>
/// <param name="Features">The name of the features.</param>
/// <param name="Labels">The name of the labels.</param>
/// <param name="Cameras">The name of the cameras.</param>
/// <param name="Names">The name of the names.</param>
internal sealed record WrittenNames(string Features, string Labels, string Cameras, string Names)
{
    public static WrittenNames For(FeatureRole role) => role switch
    {
        FeatureRole.Query => new("query_f", "query_label", "query_cam", "query_name"),
        FeatureRole.Gallery => new("gallery_f", "gallery_label", "gallery_cam", "gallery_name"),
        _ => new("features", "labels", "cameras", "names"),
    };

    /// <summary>Checks that the names tell the matrices apart.</summary>
    /// <param name="matrices">What goes into one file.</param>
    /// <param name="ending">The ending of the file, for the message.</param>
    /// <exception cref="GnnReRankException">Two matrices have one role.</exception>
    public static void CheckRoles(IReadOnlyList<FeatureMatrix> matrices, string ending)
    {
        if (matrices.GroupBy(matrix => matrix.Role).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            string role = same.Key == FeatureRole.None ? "no role" : $"the role {same.Key}";
            throw new GnnReRankException(
                "DuplicateRole", ErrorKind.InvalidArgument,
                $"{same.Count()} matrices have {role}: the matrices of one {ending} file are told apart by their roles. Give them the roles Query and Gallery, or write a file each.");
        }
    }
}
