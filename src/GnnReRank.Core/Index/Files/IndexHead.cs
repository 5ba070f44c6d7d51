using System.IO.Hashing;
using GnnReRank.Formats.Files;

namespace GnnReRank.Indexing.Files;

/// <summary>Reads what an index file says of itself: its first page, and its directory.</summary>
internal static class IndexHead
{
    /// <summary>Reads the directory of a file.</summary>
    /// <exception cref="GnnReRankException">The file is no index, cut, or of another version.</exception>
    public static IndexDirectory Read(IndexBytes file)
    {
        byte[] page = ReadPage(file);
        (long offset, long length, byte[] hash) = IndexLayout.DirectoryOf(page);
        if (offset < IndexLayout.PageBytes || length < 0 || length > IndexDirectory.MostBytes(file.Length) ||
            offset != file.Length - length)
        {
            throw file.Broken(
                $"its directory is said to be the {length:N0} bytes from byte {offset:N0} on, and it has " +
                $"{file.Length:N0} bytes");
        }

        byte[] bytes = new byte[length];
        file.ReadAt(offset, bytes);
        return XxHash128.Hash(bytes).AsSpan().SequenceEqual(hash)
            ? IndexDirectory.Read(bytes, offset, out string fault) ?? throw file.Broken(fault)
            : throw file.Damaged("its directory", offset, length);
    }

    private static byte[] ReadPage(IndexBytes file)
    {
        byte[] page = new byte[IndexLayout.PageBytes];
        int found = (int)Math.Min(page.Length, file.Length);
        file.ReadAt(0, page.AsSpan(0, found));
        int magic = Math.Min(IndexLayout.Magic.Length, found);
        if (!page.AsSpan(0, magic).SequenceEqual(IndexLayout.Magic[..magic]))
        {
            throw FormatErrors.Corrupt(
                file.Path, IndexLayout.Format, "it does not begin as one does. Give a file of Export-ReRankIndex.");
        }

        if (found < page.Length)
        {
            throw file.Broken($"its first page has {page.Length:N0} bytes, and it ends after {found:N0}");
        }

        if (!IndexLayout.IsWhole(page))
        {
            throw file.Damaged("its first page", 0, page.Length);
        }

        if (IndexLayout.VersionOf(page) is int version && version != IndexLayout.Version)
        {
            throw FormatErrors.Unsupported(
                file.Path,
                $"the index is of version {version}, written by '{IndexLayout.WriterOf(page)}', and this module " +
                $"reads version {IndexLayout.Version}. Update the module, or export it again.");
        }

        return IndexLayout.LengthOf(page) is long length && length == file.Length
            ? page
            : throw file.Broken($"its length is {file.Length:N0} bytes, and {length:N0} were written");
    }
}
