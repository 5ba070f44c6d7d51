using System.IO.Hashing;
using System.Text;

namespace GnnReRank.Tests.Index.Files;

/// <summary>
/// An index file as bytes, read by the table of docs/formats.md: what lies where, and its checksums made right after a
/// change.
/// </summary>
internal sealed class SealedBytes
{
    public const int Page = 4096;
    public const int Head = 32;
    public const int Entry = 64;
    public const int SizeAt = 44;
    public const int CountAt = 48;
    public const int OffsetAt = 56;

    private const int Block = 1 << 20;

    public SealedBytes(byte[] bytes) => Bytes = [.. bytes];

    public byte[] Bytes { get; }

    public int Directory => (int)BitConverter.ToInt64(Bytes, 24);

    public int SectionCount => (int)BitConverter.ToInt64(Bytes, Directory + 24);

    public string Name(int section) => Encoding.ASCII.GetString(Bytes, EntryOf(section), SizeAt).TrimEnd('\0');

    public int EntryOf(int section) => Directory + Head + (section * Entry);

    public int EntryOf(string name) => EntryOf(Enumerable.Range(0, SectionCount).Single(section => Name(section) == name));

    public int Start(string name) => (int)BitConverter.ToInt64(Bytes, EntryOf(name) + OffsetAt);

    public int Length(string name) =>
        (int)BitConverter.ToInt64(Bytes, EntryOf(name) + CountAt) * BitConverter.ToInt32(Bytes, EntryOf(name) + SizeAt);

    /// <summary>The name and the bytes of each part that has a checksum of its own, in their order.</summary>
    public IEnumerable<(string Name, int Start, int End)> Parts()
    {
        yield return ("its first page", 0, Page);
        int start = Page;
        for (int section = 0; section < SectionCount; section++)
        {
            int end = section + 1 < SectionCount ? Start(Name(section + 1)) : Directory;
            yield return ($"its section '{Name(section)}'", start, end);
            start = end;
        }

        yield return ("its directory", Directory, Bytes.Length);
    }

    /// <summary>Makes the checksums of the blocks right, for a file whose layout is.</summary>
    public SealedBytes SealBlocks()
    {
        int hash = EntryOf(SectionCount);
        foreach ((string name, int start, int end) in Parts().Where(part => part.Name.Contains("section", StringComparison.Ordinal)))
        {
            for (int at = start; at < end; at += Block)
            {
                XxHash128.Hash(Bytes.AsSpan(at, Math.Min(Block, end - at))).CopyTo(Bytes, hash);
                hash += 16;
            }
        }

        return SealDirectory();
    }

    /// <summary>Makes the checksums of the directory and of the first page right.</summary>
    public SealedBytes SealDirectory()
    {
        XxHash128.Hash(Bytes.AsSpan(Directory)).CopyTo(Bytes, 40);
        return SealPage();
    }

    public SealedBytes SealPage()
    {
        XxHash128.Hash(Bytes.AsSpan(0, Page - 16)).CopyTo(Bytes, Page - 16);
        return this;
    }

    public SealedBytes With(int at, params byte[] values)
    {
        SealedBytes changed = new(Bytes);
        values.CopyTo(changed.Bytes, at);
        return changed;
    }
}
