using System.IO.Compression;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Delimited;

/// <summary>Opens delimited text, compressed with gzip or not: its first bytes say which.</summary>
internal static class DelimitedInput
{
    private const int LongestHead = 256;

    /// <param name="path">The file's path.</param>
    /// <param name="file">The file itself, whose position tells how far it has been read; the text disposes of it.</param>
    /// <exception cref="InvalidDataException">The compressed file is damaged.</exception>
    public static Stream Open(string path, out FileStream file)
    {
        file = InputFile.OpenRead(path);
        try
        {
            byte[] head = new byte[GzipMembers.MarkLength];
            int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return GzipMembers.IsStart(head.AsSpan(0, length)) ? new GzipMembers(file) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The first bytes of the text in a file, from the first bytes of the file itself.</summary>
    public static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> fileHead)
    {
        if (!GzipMembers.IsStart(fileHead))
        {
            return fileHead;
        }

        byte[] text = new byte[LongestHead];
        try
        {
            using GZipStream stream = new(new MemoryStream(fileHead.ToArray()), CompressionMode.Decompress);
            return text.AsSpan(0, stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            // Reading the whole file says what is wrong with it.
            return default;
        }
    }
}
