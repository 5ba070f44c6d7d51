using System.Formats.Tar;
using System.Text;

namespace GnnReRank.Formats.Files;

/// <summary>Opens the files that are read. Whatever is no regular file is refused before: opening a pipe waits for its writer, and a device need never end.</summary>
internal static class InputFile
{
    private const int BufferSize = 4096;

    // Where a header of the tar format says of what kind the file is, and what it says of a regular one.
    private const int TarKind = 156;
    private const byte TarRegular = (byte)'0';

    /// <summary>Refuses what is missing, a directory, empty, not a regular file, or what a failed download left.</summary>
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

        RequireRegular(path, out long length);
        if (length > 0)
        {
            FailedDownload.Refuse(path, Head(path));
        }
        else
        {
            throw new GnnReRankException(
                "EmptyFile", ErrorKind.InvalidData, $"'{path}' is empty (0 bytes): give the path of a file with data.");
        }
    }

    /// <summary>The first bytes of a regular file.</summary>
    public static byte[] Head(string path)
    {
        byte[] head = new byte[FailedDownload.HeadLength];
        using FileStream file = OpenRead(path);
        return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Opens a regular file, which may be empty.</summary>
    /// <exception cref="GnnReRankException">It is no regular file.</exception>
    /// <exception cref="IOException">The system could not open it.</exception>
    public static FileStream OpenRead(string path, int bufferSize = BufferSize, FileOptions options = FileOptions.None)
    {
        RequireRegular(path, out _);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize, options);
    }

    /// <summary>The bytes of a file; where a link is given, those of the file it leads to.</summary>
    public static long LengthOf(string path) => new FileInfo(LinkTarget.Of(path)).Length;

    /// <summary>All bytes of a regular file.</summary>
    /// <exception cref="GnnReRankException">It is no regular file.</exception>
    /// <exception cref="IOException">The system could not read it.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        RequireRegular(path, out _);
        byte[] bytes = File.ReadAllBytes(path);
        FailedDownload.Refuse(path, bytes.AsSpan(0, Math.Min(bytes.Length, FailedDownload.HeadLength)));
        return bytes;
    }

    /// <summary>The lines of a text, one after the other.</summary>
    /// <exception cref="GnnReRankException">It is no regular file.</exception>
    public static IEnumerable<string> ReadLines(string path)
    {
        FailedDownload.Refuse(path, Head(path));
        using StreamReader text = new(OpenRead(path), Encoding.UTF8);
        while (text.ReadLine() is string line)
        {
            yield return line;
        }
    }

    private static void RequireRegular(string path, out long length)
    {
        length = LengthOf(path);
        if (length == 0 && !OperatingSystem.IsWindows() && !IsRegular(LinkTarget.Of(path)))
        {
            throw new GnnReRankException(
                "NotARegularFile", ErrorKind.InvalidData, $"'{path}' is no regular file but a pipe, a device or a socket: give the path of a regular file.");
        }
    }

    // Pipes and devices have no length, and nothing else of the framework tells them from empty files without opening them.
    private static bool IsRegular(string path)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            try
            {
                writer.WriteEntry(path, entryName: "file");
            }
            catch (IOException) when (File.Exists(path))
            {
                // A socket is nothing that an archive holds.
                return false;
            }
        }

        return archive.GetBuffer()[TarKind] == TarRegular;
    }
}
