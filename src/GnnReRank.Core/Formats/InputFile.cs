namespace GnnReRank.Formats;

/// <summary>Checks that a path can be read as a file before anything opens it.</summary>
internal static class InputFile
{
    /// <summary>Refuses what is missing, a directory, empty, or not a regular file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="wanted">What to give instead of a directory, for the message.</param>
    /// <exception cref="GnnReRankException">The path cannot be read as a file.</exception>
    public static void Require(string path, string wanted)
    {
        if (Directory.Exists(path))
        {
            throw new GnnReRankException("PathIsDirectory", ErrorKind.InvalidArgument, $"'{path}' is a directory: give {wanted}.");
        }

        // A link that leads nowhere is there itself; its target is not.
        if (!File.Exists(path) || !File.Exists(LinkTarget.Of(path)))
        {
            throw new GnnReRankException("FileNotFound", ErrorKind.NotFound, $"'{path}' does not exist.");
        }

        // Pipes and devices have no length. Opening a pipe would wait for its writer, and reading a device need never end.
        if (new FileInfo(LinkTarget.Of(path)).Length == 0)
        {
            throw new GnnReRankException(
                "EmptyFile", ErrorKind.InvalidData,
                $"'{path}' is empty (0 bytes), or it is no regular file but a pipe or a device: give the path of a regular file with data.");
        }
    }
}
