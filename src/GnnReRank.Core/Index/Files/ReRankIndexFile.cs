using GnnReRank.Formats.Files;
using GnnReRank.Indexing.Files;
using GnnReRank.Indexing.State;
using GnnReRank.Running;

namespace GnnReRank;

/// <summary>Reads and writes indexes: one file each, with the ending .rerank.</summary>
public static class ReRankIndexFile
{
    /// <summary>The ending of these files.</summary>
    public const string Extension = ".rerank";

    /// <summary>
    /// Opens an index. Its features stay in the file and are read as they are searched; the first search reads the
    /// rest, and checks all of it.
    /// </summary>
    /// <param name="path">A .rerank file.</param>
    /// <param name="verify">Whether to read and check all of it at once, and not at the first search.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The file is missing, none of these, or not as it was written.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ReRankIndex Read(string path, bool verify = false, ComputeOptions? options = null)
    {
        RequireExtension(path);
        IndexFile file = IndexFile.Open(path);
        try
        {
            FileIndexSource source = new(file);
            ReRankIndex index = new(source.Method, source);
            if (verify)
            {
                _ = index.Opened(options);
            }

            return index;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes an index as it is when the call begins, without the room of rows that were removed.</summary>
    /// <param name="path">A .rerank file; it may be the one that the index was read from.</param>
    /// <param name="index">What to write.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">A file is there already, or the path has another ending.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; what was there before is unchanged.</exception>
    public static void Write(string path, ReRankIndex index, bool overwrite = false, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        RequireExtension(path);
        options ??= ComputeOptions.Default;
        IndexSnapshot snapshot = index.Opened(options);
        long left = (snapshot.Rows.Count * (long)snapshot.Rows.Dimension * sizeof(float)) +
            (snapshot.Graph.IndexSpan.Length * 2L * sizeof(float));
        StageReporter reporter = new(StageNames.Writing, left, StageUnits.Bytes, options);
        AtomicFile.Write(path, overwrite, temporary =>
        {
            using FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            SectionWriter writer = new(file, written =>
            {
                // Names and the method's own arrays are not counted before.
                long counted = Math.Min(written, left);
                left -= counted;
                reporter.Advance(counted);
            });
            IndexContent.Write(writer, snapshot, index.Method, options);
        });
        reporter.Complete();
    }

    private static void RequireExtension(string path)
    {
        string extension = Path.GetExtension(path);
        if (!extension.Equals(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new GnnReRankException(
                "UnknownFormat", ErrorKind.NotSupported,
                $"'{path}': the ending '{extension}' names no file of indexes. They end in '{Extension}'.");
        }
    }
}
